// A number opens its explanation beside the text: a frame on the page that explains it, at its place. Without this
// script the link leads to that place.
(function () {
  function decoded(text) {
    try { return decodeURIComponent(text); } catch (error) { return text; }
  }
  var panel = document.querySelector("aside.panel");
  if (!panel) { return; }
  var words = panel.dataset, told = panel.querySelector(".told"), head = panel.querySelector("h2");
  var frame = null, link = null, state = {}, asked = "";
  document.body.append(panel);
  function numbers() {
    return Array.from(document.querySelectorAll("main data a[href], main [data-number] a[href], main svg.plot a:has(> text)")).filter(function (own) {
      return own.checkVisibility ? own.checkVisibility() : own.offsetParent !== null;
    });
  }
  // A number of a chart is told by where it leads.
  function idOf(own) {
    var told = own.closest("[data-number]");
    return told ? told.dataset.number : decoded(own.getAttribute("href").split("#")[1]);
  }
  function button(name) { return panel.querySelector("button." + name); }
  // Addresses are replaced, so that one step back leaves the page and not the panel.
  function address(hash) {
    try { history.replaceState(null, "", hash || location.pathname + location.search); } catch (error) { return; }
  }
  function load(href, title) {
    if (!frame) {
      frame = document.createElement("iframe");
      frame.setAttribute("allow", "clipboard-write");
      frame.src = href;
      panel.querySelector("div").append(frame);
    } else {
      frame.contentWindow.location.replace(new URL(href, location.href));
    }
    frame.title = title;
    head.textContent = title;
    panel.querySelector("a.open").setAttribute("href", href);
    panel.hidden = false;
    document.body.classList.add("with-panel");
  }
  function mark(own) {
    if (link) { link.classList.remove("asked"); }
    link = own;
    if (own) { own.classList.add("asked"); }
  }
  // The number stays in sight beside the panel, or above it where it lies below.
  function see(own) {
    own.scrollIntoView({ block: "nearest", inline: "nearest" });
    var edge = panel.getBoundingClientRect(), box = own.getBoundingClientRect();
    var low = edge.top > 80 ? edge.top : window.innerHeight, high = edge.top > 80 ? 0 : 80;
    if (box.top < high || box.bottom > low - 8) { window.scrollBy(0, box.top - (high + low) / 2); }
  }
  function show(own, focus) {
    mark(own);
    asked = idOf(own);
    button("back").hidden = true;
    ["previous", "next", "copy"].forEach(function (name) { button(name).hidden = false; });
    load(own.getAttribute("href"), words.title);
    told.textContent = words.shown.replace("{number}", own.textContent);
    address("#n=" + encodeURIComponent(asked));
    if (focus) { head.focus({ preventScroll: true }); }
    see(own);
  }
  function close() {
    if (panel.hidden) { return; }
    panel.hidden = true;
    document.body.classList.remove("with-panel");
    if (location.hash.indexOf("#n=") === 0) { address(""); }
    var back = link;
    mark(null);
    if (back) { back.focus(); }
  }
  function step(by) {
    var all = numbers(), at = all.indexOf(link);
    // A mark without a label stands among no numbers: the last before it is taken for it.
    if (at < 0 && link) {
      var before = all.filter(function (own) { return own.compareDocumentPosition(link) & Node.DOCUMENT_POSITION_FOLLOWING; });
      at = by > 0 ? before.length - 1 : before.length;
    }
    var next = all[at + by];
    if (!next) { return; }
    show(next, false);
  }
  // The text as it is put down elsewhere: the number, what it is, from which report and files.
  function copy() {
    var place = location.href.split("#")[0] + "#n=" + encodeURIComponent(state.id || asked);
    var parts = [state.name || (link ? link.textContent : ""), state.about, words.cite, state.files, place];
    var text = parts.filter(Boolean).join(". ");
    function done() { told.textContent = words.copied.replace("{text}", text); }
    function byHand() {
      var field = document.createElement("textarea");
      field.value = text;
      panel.append(field);
      field.select();
      document.execCommand("copy");
      field.remove();
      button("copy").focus();
      done();
    }
    if (navigator.clipboard) { navigator.clipboard.writeText(text).then(done, byHand); } else { byHand(); }
  }
  function search(own) {
    mark(own);
    ["back", "previous", "next", "copy"].forEach(function (name) { button(name).hidden = true; });
    load("search.html", words.search);
    told.textContent = "";
  }
  words.title = head.textContent;
  // A deep link: the number is found on the page and opened.
  function follow() {
    if (location.hash.indexOf("#n=") !== 0) { return; }
    var id = decoded(location.hash.slice(3));
    if (!panel.hidden && id === asked) { return; }
    var seen = Array.from(document.querySelectorAll("main :is(data, [data-number]) a[href], main svg.plot a[href]"));
    seen = seen.filter(function (own) { return idOf(own) === id; });
    var first = seen.filter(function (own) { return numbers().indexOf(own) >= 0; })[0] || seen[0];
    if (!first) {
      search(null);
      told.textContent = words.unknown.replace("{id}", id);
      return;
    }
    for (var box = first.closest("details"); box; box = box.parentElement.closest("details")) { box.open = true; }
    show(first, true);
  }
  document.addEventListener("click", function (event) {
    if (event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) { return; }
    var own = event.target.closest && event.target.closest("a[href]");
    if (!own) { return; }
    if (own.closest("data, [data-number], svg.plot")) {
      event.preventDefault();
      show(own, true);
    } else if (own.getAttribute("href") === "search.html") {
      event.preventDefault();
      search(own);
      frame.focus();
    }
  });
  button("close").addEventListener("click", close);
  button("previous").addEventListener("click", function () { step(-1); });
  button("next").addEventListener("click", function () { step(1); });
  button("copy").addEventListener("click", copy);
  button("back").addEventListener("click", function () { frame.contentWindow.postMessage({ esep: "back" }, "*"); });
  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape") { close(); }
  });
  window.addEventListener("message", function (event) {
    if (!frame || event.source !== frame.contentWindow || !event.data) { return; }
    if (event.data.esep === "close") { close(); }
    if (event.data.esep === "shown") {
      state = event.data;
      button("back").hidden = !state.id || !asked || state.id === asked;
      if (state.id) {
        head.textContent = state.name;
        told.textContent = [state.about, state.files].filter(Boolean).join(". ");
      }
    }
  });
  window.addEventListener("hashchange", follow);
  follow();
})();
