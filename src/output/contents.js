// On a narrow screen the text comes first: the contents wait behind their heading.
if (!matchMedia("(min-width: 64rem)").matches) { document.querySelector(".contents details").open = false; }
