// What a page runs while its author is at work: it follows the builds, keeps the place, and tells where a sentence is from.
(function (own) {
  var KEY = "esep-place", AT = /^at:(.*):(\d+):(\d+)$/;
  // The page's own style does not reach in here, and what is here does not reach out.
  var host = document.createElement("div"), root = host.attachShadow({mode: "open"});
  host.id = "esep-at-work";
  document.body.appendChild(host);

  function make(parent, name, style, text) {
    var element = document.createElement(name);
    element.style.cssText = style || "";
    if (text) { element.textContent = text; }
    parent.appendChild(element);
    return element;
  }
  var BOX = "position:fixed;z-index:2147483647;right:0;bottom:0;box-sizing:border-box;max-width:min(60rem,100vw);max-height:60vh;" +
    "overflow:auto;padding:.6rem 1rem;background:#1d1f24;color:#f2f2f2;font:14px/1.45 system-ui,sans-serif;" +
    "border-top-left-radius:6px;box-shadow:0 0 12px #0008;";
  var CODE = "font-family:ui-monospace,monospace;white-space:pre-wrap;overflow-wrap:anywhere;";
  function place(one) {
    return one.file + (one.line ? ":" + one.line : "") + (one.line && one.column ? ":" + one.column : "");
  }
  function close(box) {
    var button = make(box, "button", "float:right;margin-left:1rem;font:inherit;cursor:pointer", "×");
    button.setAttribute("aria-label", "close");
    button.addEventListener("click", function () { box.remove(); });
  }

  // The problems: errors stand open, warnings until somebody closes them.
  var overlay = null, told = "";
  function show(event) {
    var text = JSON.stringify(event.diagnostics);
    if (text === told && (!event.diagnostics.length || overlay && overlay.isConnected)) { return; }
    if (text === told && !event.broken) { return; }
    told = text;
    if (overlay) { overlay.remove(); overlay = null; }
    if (!event.diagnostics.length) { return; }
    overlay = make(root, "section", BOX + "left:0;border-top:4px solid " + (event.broken ? "#e5484d" : "#e2a336"));
    overlay.id = "overlay";
    overlay.setAttribute("role", event.broken ? "alert" : "status");
    close(overlay);
    if (event.broken) {
      make(overlay, "p", "margin:0 0 .5rem;font-weight:bold", event.version ? "The page shows the last sound build." : "Nothing could be built yet.");
    }
    var sorted = event.diagnostics.slice().sort(function (a, b) { return (a.severity !== "error") - (b.severity !== "error"); });
    sorted.forEach(function (one) {
      var item = make(overlay, "div", "margin:0 0 .7rem");
      item.className = one.severity;
      make(item, "div", CODE + "color:" + (one.severity === "error" ? "#ff9ea1" : "#f5d48c"), place(one) + (one.within ? " (" + one.within + ")" : ""));
      make(item, "div", "", one.severity + "[" + one.code + "]: " + one.message);
      if (one.hint) { make(item, "div", "opacity:.8", "help: " + one.hint); }
    });
  }

  function here() { return decodeURI(location.pathname); }
  function store(value) { try { sessionStorage.setItem(KEY, JSON.stringify(value)); } catch (error) { /* the place is not kept */ } }
  function take() {
    try {
      var kept = JSON.parse(sessionStorage.getItem(KEY));
      sessionStorage.removeItem(KEY);
      return kept && kept.path === here() ? kept : null;
    } catch (error) { return null; }
  }
  function marks() {
    return Array.from(document.querySelectorAll('[id^="at:"]')).filter(function (mark) { return !mark.closest(".listing"); });
  }
  function topOf(mark) { return mark.getBoundingClientRect().top; }
  function reload(edited) {
    var seen = Array.from(document.querySelectorAll("body [id]")).filter(function (mark) { return topOf(mark) >= 0; })[0];
    store({path: here(), edited: edited, y: scrollY, id: seen && seen.id, top: seen && topOf(seen)});
    location.reload();
  }
  // The sentence that begins last before an edit.
  function sentence(edited) {
    var found = null;
    edited.forEach(function (edit) {
      marks().forEach(function (mark) {
        var at = AT.exec(mark.id);
        if (!at || at[1] !== edit.file || edit.line === null) { return; }
        var line = +at[2], column = +at[3];
        if (line < edit.line || line === edit.line && column <= edit.column) {
          var last = found && found.file === edit.file;
          if (!last || line > found.line || line === found.line && column >= found.column) {
            found = {file: edit.file, line: line, column: column, mark: mark};
          }
        }
      });
    });
    return found && found.mark;
  }
  function flash(mark) {
    var block = mark.closest("p, li, h1, h2, h3, h4, h5, h6, td, th, blockquote, figcaption, caption") || mark.parentElement;
    block.animate([{backgroundColor: "#ffd54f80"}, {backgroundColor: "transparent"}], {duration: 1500});
  }
  function restore(kept) {
    var mark = sentence(kept.edited || []), same = kept.id && document.getElementById(kept.id);
    if (same) { scrollBy({top: topOf(same) - kept.top, behavior: "instant"}); } else { scrollTo({top: kept.y, behavior: "instant"}); }
    if (!mark) { return; }
    var top = topOf(mark);
    if (top < 60 || top > innerHeight - 80) { scrollBy({top: top - innerHeight / 3, behavior: "instant"}); }
    document.documentElement.setAttribute("data-esep-edited", mark.id);
    return mark;
  }
  var kept = take();
  if (kept) {
    history.scrollRestoration = "manual";
    restore(kept);
    addEventListener("load", function () {
      var mark = restore(kept);
      if (mark) { flash(mark); }
    });
  }

  var source = new EventSource("/.esep/events"), lost = null;
  source.addEventListener("message", function (message) {
    var event = JSON.parse(message.data);
    if (lost) { lost.remove(); lost = null; }
    if (event.version && event.version !== own) { reload(event.edited); return; }
    show(event);
    document.documentElement.setAttribute("data-esep-told", event.broken ? "broken" : "sound");
  });
  source.addEventListener("error", function () {
    if (!lost) { lost = make(root, "p", BOX + "margin:0", "esep serve does not answer."); }
  });
  addEventListener("pagehide", function () { source.close(); });
  addEventListener("pageshow", function (event) { if (event.persisted) { location.reload(); } });

  // Alt-click on a sentence.
  function nearest(event) {
    var block = event.target.closest && event.target.closest("p, li, h1, h2, h3, h4, h5, h6, td, th, dd, dt, blockquote, figcaption, caption");
    if (!block) { return null; }
    var node = event.target, range;
    if (document.caretPositionFromPoint) {
      range = document.caretPositionFromPoint(event.clientX, event.clientY);
      if (range && block.contains(range.offsetNode)) { node = range.offsetNode; }
    } else if (document.caretRangeFromPoint) {
      range = document.caretRangeFromPoint(event.clientX, event.clientY);
      if (range && block.contains(range.startContainer)) { node = range.startContainer; }
    }
    var own = Array.from(block.querySelectorAll('[id^="at:"]'));
    var before = own.filter(function (mark) { return mark.compareDocumentPosition(node) & Node.DOCUMENT_POSITION_FOLLOWING; });
    return before[before.length - 1] || own[0] || null;
  }
  var panel = null;
  function explain(found) {
    if (panel) { panel.remove(); }
    panel = make(root, "section", BOX + "border-left:4px solid #4aa3ff");
    panel.id = "passage";
    close(panel);
    make(panel, "div", CODE + "color:#9ecbff;font-weight:bold", place(found));
    make(panel, "div", CODE + "margin:.3rem 0 .6rem", found.text);
    found.groups.forEach(function (group) {
      group.forEach(function (branch) {
        var item = make(panel, "div", "margin:0 0 .5rem;padding-left:.6rem;border-left:3px solid " + (branch.chosen ? "#4caf50" : "#666"));
        item.className = branch.chosen ? "chosen" : "other";
        var answer = branch.chosen ? "chosen" : branch.holds === true ? "holds" : branch.holds === false ? "does not hold" : "not asked";
        make(item, "div", CODE, "line " + branch.line + ": " + (branch.condition || "in all other cases") + " – " + answer);
        branch.values.forEach(function (pair) { make(item, "div", CODE + "opacity:.85", pair[0] + " = " + pair[1]); });
        make(item, "div", CODE + "opacity:.7", branch.text || "(nothing)");
      });
    });
  }
  document.addEventListener("click", function (event) {
    if (!event.altKey || event.button) { return; }
    var mark = nearest(event);
    if (!mark) { return; }
    event.preventDefault();
    event.stopPropagation();
    fetch("/.esep/passage?page=" + encodeURIComponent(here()) + "&at=" + encodeURIComponent(mark.id))
      .then(function (answer) { return answer.ok ? answer.json() : Promise.reject(answer.status); })
      .then(explain, function () { /* it was edited meanwhile: the page is on its way */ });
  }, true);
  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape" && panel) { panel.remove(); panel = null; }
  });
})(document.currentScript.dataset.atWork);
