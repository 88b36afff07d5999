// The page of the search holds its index; what is typed is looked for in it.
(function () {
  var holder = document.getElementById("search-index");
  if (!holder) { return; }
  var field = document.getElementById("query"), list = document.querySelector(".found");
  var told = document.querySelector(".found-count"), first = list.innerHTML, measures = [];
  var MOST = 60, framed = window.parent !== window;
  function lower(text) {
    return text.toLocaleLowerCase(document.documentElement.lang).replace(/ё/g, "е").replace(/[\u2010-\u2013\u2212]/g, "-")
      .replace(/(\d)[\s\u00a0\u202f]+(?=\d)/g, "$1").replace(/[\u00a0\u202f]/g, " ").replace(/(\d),(?=\d)/g, "$1.");
  }
  var all = JSON.parse(holder.textContent).map(function (line) {
    if (line[0] === 4) { measures.push(line[1]); return null; }
    if (line[0] === 5) { return { text: line[1], page: line[2], plain: lower(line[1]) }; }
    if (line[0] === 3) {
      var name = line[3] + " – " + measures[line[1]] + (line[2] ? ": " + line[2] : "");
      return { kind: 3, text: name, place: "#n=" + encodeURIComponent(line[4]), plain: lower(name) };
    }
    return { kind: line[0], text: line[1], place: line[2], plain: lower(line[1]) };
  }).filter(Boolean);
  // Letters that one alphabet writes for those of another are one.
  var twins = { "ә": "а", "ғ": "г", "қ": "к", "ң": "н", "ө": "о", "ұ": "у", "ү": "у", "һ": "х", "і": "и", "ы": "и" };
  function folded(text) { return text.replace(/[әғқңөұүһіы]/g, function (letter) { return twins[letter]; }); }
  // A whole word goes before the beginning of one, that before a part, and all before another spelling or another ending.
  function rankOf(line, word) {
    var at = line.plain.indexOf(word), best = at < 0 ? 9 : 2;
    for (; at >= 0; at = line.plain.indexOf(word, at + 1)) {
      var begins = !/[\p{L}\p{N}]/u.test(line.plain.charAt(at - 1));
      if (begins) { best = Math.min(best, /[\p{L}\p{N}]/u.test(line.plain.charAt(at + word.length)) ? 1 : 0); }
    }
    if (best < 9) { return best; }
    line.folded = line.folded || " " + folded(line.plain).replace(/[^\p{L}\p{N}.,-]+/gu, " ");
    word = folded(word);
    if (line.folded.includes(word)) { return 3; }
    var stem = word.slice(0, Math.max(4, word.length - 3));
    return word.length > 4 && line.folded.includes(" " + stem) ? 4 : 9;
  }
  // What is found, with some words around it.
  function shortened(text, plain, word) {
    if (text.length < 220) { return text; }
    var at = Math.max(0, plain.indexOf(word) - 80);
    return (at ? "…" : "") + text.slice(at, at + 200) + "…";
  }
  function find() {
    var words = lower(field.value).split(/\s+/).filter(Boolean);
    if (!words.length) { list.innerHTML = first; told.textContent = ""; return; }
    var ranks = new Map(all.map(function (line) {
      return [line, Math.max.apply(null, words.map(function (word) { return rankOf(line, word); }))];
    }));
    var found = all.filter(function (line) { return ranks.get(line) < 3; });
    // What is spelled otherwise is shown where nothing is as it was typed.
    if (!found.length) { found = all.filter(function (line) { return ranks.get(line) < 9; }); }
    found.sort(function (a, b) { return ranks.get(a) - ranks.get(b); });
    told.textContent = found.length ? told.dataset.found.replace("{count}", found.length) : told.dataset.none;
    list.textContent = "";
    found.slice(0, MOST).forEach(function (line) {
      var item = document.createElement("li"), link = document.createElement("a");
      link.href = line.page || "index.html" + line.place;
      if (framed) { link.target = "_parent"; }
      link.textContent = shortened(line.text, line.plain, words[0]);
      item.append(link);
      list.append(item);
    });
  }
  field.addEventListener("input", find);
  if (location.hash.indexOf("#q=") === 0) { field.value = decodeURIComponent(location.hash.slice(3)); }
  field.focus();
  find();
})();
