// In the panel of another page only what is asked for is shown; what happens here is told to the page around.
(function () {
  function decoded(text) {
    try { return decodeURIComponent(text); } catch (error) { return text; }
  }
  if (window.parent === window) { return; }
  document.documentElement.classList.add("framed");
  var tell = function (message) { window.parent.postMessage(message, "*"); };
  var shown = function () {
    var mark = document.getElementById(decoded(location.hash.slice(1)));
    var own = mark && (mark.closest("tr[id]") || mark.closest(".number")), name = document.title;
    if (own && own.tagName === "TR") {
      var cells = Array.from(own.cells).slice(0, 2).map(function (cell) { return cell.textContent; }).reverse();
      name = cells.join(" – ") + ": " + own.closest("table").caption.textContent;
    } else if (own) {
      name = own.querySelector("h3").textContent;
    }
    var files = own ? Array.from(own.querySelectorAll('a[href^="#file-"]')) : [];
    var listed = own && own.querySelector('a[href^="#list-"]'), list = listed && document.getElementById(listed.hash.slice(1));
    if (list) { files = files.concat(Array.from(list.querySelectorAll('caption a[href^="#file-"]'))); }
    var names = files.map(function (link) {
      var from = document.querySelector(link.hash + " dd");
      return link.textContent + (from ? " (" + from.textContent + ")" : "");
    });
    names = names.filter(function (name, i) { return names.indexOf(name) === i; });
    var what = own && own.querySelector("p.what");
    tell({ esep: "shown", id: own ? own.id : "", name: name, about: what ? what.textContent : "", files: names.join(", ") });
  };
  // What leads back to the text leads the page around there.
  document.querySelectorAll('a[href^="index.html"], a[href^="../../verification"]').forEach(function (link) { link.target = "_parent"; });
  window.addEventListener("hashchange", shown);
  window.addEventListener("message", function (event) {
    if (event.source === window.parent && event.data && event.data.esep === "back") { history.back(); }
  });
  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape") { tell({ esep: "close" }); }
  });
  shown();
})();
