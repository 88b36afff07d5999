// A switch of language or edition keeps the place: it takes along the id of what was last passed.
document.querySelectorAll("a.same-place").forEach(function (link) {
  var page = link.getAttribute("href");
  function aim() {
    var id = "";
    // A number that is open stays open: it has the same name in every version.
    if (location.hash.indexOf("#n=") === 0) { link.setAttribute("href", page + location.hash); return; }
    document.querySelectorAll("main :is(h2, h3, h4, .exhibit, .number)[id]").forEach(function (mark) {
      if (mark.getBoundingClientRect().top >= 120) { return; }
      var head = mark.closest(".head"), twin = head && head.querySelector('a.other[hreflang="' + link.hreflang + '"]');
      id = twin ? twin.hash : "#" + encodeURIComponent(mark.id);
    });
    link.setAttribute("href", page + id);
  }
  ["click", "auxclick", "contextmenu"].forEach(function (event) { link.addEventListener(event, aim); });
});
// A box is a stop of the tab key while something in it can be scrolled.
var watch = new ResizeObserver(function (changes) {
  changes.forEach(function (change) {
    var box = change.target;
    if (box.scrollWidth > box.clientWidth) { box.tabIndex = 0; } else { box.removeAttribute("tabindex"); }
  });
});
document.querySelectorAll(".scroll").forEach(function (box) { watch.observe(box); });
// A chart is one stop of the tab key: arrows lead from number to number in it, and Enter opens one.
document.querySelectorAll("svg.plot").forEach(function (plot) {
  var all = Array.from(plot.querySelectorAll("a[href]")), named = all.filter(function (own) { return own.querySelector("text"); });
  var own = named.length ? named : all, steps = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
  if (!own.length) { return; }
  // Without this script each number is a stop of its own.
  all.forEach(function (link) { link.setAttribute("tabindex", "-1"); });
  plot.setAttribute("tabindex", "0");
  plot.addEventListener("keydown", function (event) {
    var step = steps[event.key], at = own.indexOf(document.activeElement);
    if (!step || event.altKey || event.ctrlKey || event.metaKey) { return; }
    event.preventDefault();
    var next = own[at < 0 ? (step > 0 ? 0 : own.length - 1) : at + step];
    if (next) { next.focus(); }
  });
});
// Long tables sort by their columns and filter their rows. Without this script they stand as they are.
(function (words) {
  var LONG = 12, language = document.documentElement.lang;
  // Browsers do not know every alphabet: a letter that stands in none goes by its code, behind those that do.
  var places = new Map(Array.from(words.alphabet).map(function (letter, i) { return [letter, i]; }));
  function placeOf(letter) { return places.has(letter) ? places.get(letter) : places.size + letter.codePointAt(0); }
  function lower(text) { return text.toLocaleLowerCase(language); }
  function inAlphabet(a, b) {
    var left = Array.from(lower(a)), right = Array.from(lower(b));
    for (var i = 0; i < Math.min(left.length, right.length); i++) {
      var apart = placeOf(left[i]) - placeOf(right[i]);
      if (apart) { return apart; }
    }
    return left.length - right.length;
  }
  function numberOf(text) {
    var plain = text.replace(/\s/g, "").replace("\u2212", "-").replace(",", ".").replace(/%$/, "");
    var parts = /^([-+]?[\d.]+(?:e[-+]?\d+)?)(?:\/(\d+))?$/i.exec(plain);
    return parts ? parts[1] / (parts[2] || 1) : null;
  }
  // A number by its exact value, a month by its date, words by the alphabet; null for what is missing.
  function valueOf(row, column) {
    var cell = row.cells[column], data = cell && cell.querySelector("data");
    if (!cell || cell.tagName === "TD" && !data && cell.closest(".exhibit")) { return null; }
    var text = cell.textContent.trim(), own = cell.dataset.sort || "", raw = own || (data ? data.value : "");
    if (/^\d{4}-\d\d/.test(raw)) { return raw; }
    var number = numberOf(raw || text);
    return number === null && /[\p{L}\p{N}]/u.test(text) ? own || text : number;
  }
  function compare(a, b) {
    if (a === null || b === null) { return (a === null) - (b === null); }
    if (typeof a === "number" && typeof b === "number") { return a - b; }
    return inAlphabet(String(a), String(b));
  }
  // However a number is typed, it is found: with any spaces, minus or decimal sign.
  // Letters that one alphabet writes for those of another are one.
  var twins = { "ә": "а", "ғ": "г", "қ": "к", "ң": "н", "ө": "о", "ұ": "у", "ү": "у", "һ": "х", "і": "и", "ы": "и", "ё": "е" };
  function spelt(text) {
    return lower(text).replace(/[әғқңөұүһіыё]/g, function (letter) { return twins[letter]; }).replace(/[\u2010-\u2013\u2212]/g, "-").replace(/-\s+(?=\d)/g, "-")
      .replace(/(\d)\s+(?=\d)/g, "$1").replace(/(\d),(?=\d)/g, "$1.").replace(/\s+/g, " ").trim();
  }
  // The verdicts that occur among rows, each with its name and count.
  function verdictsOf(rows) {
    var counts = new Map(), names = new Map();
    rows.filter(function (row) { return row.closest("[data-verdict]") && row.className; }).forEach(function (row) {
      counts.set(row.className, (counts.get(row.className) || 0) + 1);
      names.set(row.className, row.querySelector("td > b").textContent);
    });
    counts.forEach(function (count, name) { names.set(name, names.get(name) + " (" + count + ")"); });
    return names;
  }
  document.querySelectorAll("main table").forEach(function (table) {
    var bodies = Array.from(table.tBodies);
    var own = bodies.map(function (body) { return Array.from(body.querySelectorAll("tr:not(.print)")); });
    var rows = own.flat();
    if (rows.length < LONG || !table.tHead || table.closest(".number")) { return; }
    // A heading over several columns gives way to those under it.
    var under = table.tHead.querySelectorAll("tr:nth-child(2):not(.print) > th"), next = 0;
    var heads = Array.from(table.tHead.rows[0].cells).flatMap(function (head) {
      return head.colSpan === 1 ? [head] : Array.from(under).slice(next, next += head.colSpan);
    });
    var box = table.closest(".scroll");
    // The rows take the places of the first order, so that printed parts keep their lengths.
    function place(order) {
      var at = 0;
      bodies.forEach(function (body, i) { own[i].forEach(function () { body.append(order[at++]); }); });
    }
    function sort(column, state) {
      heads.forEach(function (head) { head.removeAttribute("aria-sort"); });
      if (state === "none") { return place(rows); }
      heads[column].setAttribute("aria-sort", state);
      var sign = state === "ascending" ? 1 : -1;
      var keys = new Map(rows.map(function (row) { return [row, valueOf(row, column)]; }));
      var fixed = rows.filter(function (row) { return row.classList.contains("total"); });
      var moved = rows.filter(function (row) { return !row.classList.contains("total"); });
      moved.sort(function (a, b) {
        var x = keys.get(a), y = keys.get(b);
        // What is missing stands last in both directions.
        return x === null || y === null ? compare(x, y) : sign * compare(x, y);
      });
      place(fixed.concat(moved));
    }
    heads.forEach(function (head, column) {
      // A head with buttons is not repeated on the next sheet; verdicts are chosen, not sorted.
      if (head.querySelector("a") || table.dataset.verdict) { return; }
      var button = document.createElement("button");
      button.type = "button";
      button.className = "sort";
      button.title = words.sort;
      button.append.apply(button, Array.from(head.childNodes));
      head.append(button);
      button.addEventListener("click", function () {
        var next = { ascending: "descending", descending: "none" };
        sort(column, next[head.getAttribute("aria-sort")] || "ascending");
      });
    });
    var filter = document.createElement("p"), label = document.createElement("label");
    var field = document.createElement("input"), shown = document.createElement("output");
    filter.className = "filter";
    field.type = "search";
    label.append(words.filter);
    // What is filtered is told to those who do not see the table beside the field.
    var heading = document.getElementById(box && box.getAttribute("aria-labelledby") || "");
    var name = box && box.getAttribute("aria-label") || (heading ? heading.textContent : "");
    var about = document.createElement("span");
    about.className = "unseen";
    about.append(": " + name);
    if (name) { label.append(about); }
    label.append(" ", field);
    filter.append(label, " ", shown);
    if (table.caption) {
      // Below the caption, and no part of the table's name.
      table.setAttribute("aria-label", table.caption.textContent);
      table.caption.append(filter);
    } else {
      (box || table).before(filter);
    }
    var texts = new Map(rows.map(function (row) {
      return [row, Array.from(row.cells).map(function (cell) { return spelt(cell.textContent); }).join("\n")];
    }));
    var only = "", verdicts = verdictsOf(rows);
    function choose() {
      var wanted = spelt(field.value), count = 0;
      rows.forEach(function (row) {
        row.hidden = wanted !== "" && !texts.get(row).includes(wanted) || only !== "" && row.className !== only;
        count += !row.hidden;
      });
      var whole = wanted === "" && only === "";
      shown.textContent = whole ? "" : words.shown.replace("{shown}", count).replace("{all}", rows.length);
    }
    field.addEventListener("input", choose);
    if (verdicts.size < 2) { return; }
    var group = document.createElement("p");
    group.className = "filter";
    group.setAttribute("role", "group");
    group.setAttribute("aria-label", table.dataset.verdict);
    new Map([["", table.dataset.all]].concat(Array.from(verdicts))).forEach(function (text, name) {
      var button = document.createElement("button");
      button.type = "button";
      button.textContent = text;
      button.setAttribute("aria-pressed", name === only);
      button.addEventListener("click", function () {
        only = name;
        group.querySelectorAll("button").forEach(function (other) {
          other.setAttribute("aria-pressed", other === button);
        });
        choose();
      });
      group.append(button, " ");
    });
    filter.before(group);
  });
})(document.currentScript.dataset);
// The contents mark the section that is read.
(function () {
  var links = new Map();
  document.querySelectorAll(".contents a").forEach(function (link) { links.set(decodeURIComponent(link.hash.slice(1)), link); });
  if (!links.size) { return; }
  var heads = Array.from(document.querySelectorAll("main :is(h2, h3)[id]")).filter(function (head) { return links.has(head.id); });
  var now = null, waits = false;
  function look() {
    waits = false;
    var passed = heads.filter(function (head) { return head.getBoundingClientRect().top < 140; }).pop(), link = passed && links.get(passed.id);
    if (link === now) { return; }
    if (now) { now.removeAttribute("aria-current"); }
    now = link;
    if (link) { link.setAttribute("aria-current", "true"); }
  }
  document.addEventListener("scroll", function () {
    if (!waits) { waits = true; requestAnimationFrame(look); }
  }, { passive: true });
  look();
})();
// A wide table begins at its newest columns, which stand last.
// The newest columns come into sight, and none stands half under the names of the rows: its sign would be hidden.
document.querySelectorAll(".scroll[data-newest]").forEach(function (box) {
  box.scrollLeft = box.scrollWidth;
  var table = box.querySelector("table"), name = box.querySelector("tbody th");
  if (!table || !name || getComputedStyle(name).position !== "sticky") { return; }
  var edge = name.getBoundingClientRect().right;
  Array.prototype.forEach.call(name.parentNode.cells, function (cell) {
    var own = cell.getBoundingClientRect();
    if (cell === name || own.left >= edge - 1 || own.right <= edge + 1) { return; }
    var room = Math.ceil(own.right - edge);
    table.style.marginRight = room + "px";
    if (table.caption) { table.caption.style.maxWidth = box.clientWidth - room + "px"; }
    box.scrollLeft = box.scrollWidth;
  });
});
