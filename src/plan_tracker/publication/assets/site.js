// Search, filters and sorting of tables with class "list". Without this file the whole tables simply stand there.
// What is looked for stands in the address, so that a list can be linked to as it is shown: #projects.find=text
(function () {
  "use strict";
  document.documentElement.classList.add("js"); // before anything is drawn, so that nothing moves afterwards

  var compare = new Intl.Collator("th", { numeric: true }).compare;

  function fold(text) {
    return text.toLowerCase().replace(/[๐-๙]/g, function (digit) {
      return String.fromCharCode(digit.charCodeAt(0) - 0x0e20);
    }).replace(/\s+/g, " ");
  }

  function each(found, act) { Array.prototype.forEach.call(found, act); }

  function address() { return new URLSearchParams(location.hash.slice(1)); }

  function List(table) {
    var form = document.getElementById(table.id + "-form");
    var status = document.getElementById(table.dataset.shown);
    var none = document.getElementById(table.dataset.none);
    var body = table.tBodies[0];
    var heads = Array.prototype.slice.call(table.tHead.rows[0].cells);
    var keys = heads.map(function (head) { return head.dataset.key; });
    var items = Array.prototype.map.call(body.rows, function (row, order) {
      var texts = Array.prototype.map.call(row.cells, function (cell) { return cell.textContent; });
      return { row: row, texts: texts, found: fold(texts.join("\n")), order: order };
    });
    var sorted = ""; // the key of the column, with "-" before it when the other way round
    var later;

    function values(item, name) {
      var column = keys.indexOf(name);
      return column < 0 ? (item.row.dataset[name] || "").split("|") : [item.texts[column]];
    }

    function show() {
      var words = fold(form.elements.find.value).split(" ").filter(Boolean);
      var chosen = Array.prototype.filter.call(form.querySelectorAll("select"), function (select) {
        return select.value;
      });
      var shown = 0;
      items.forEach(function (item) {
        var fits = words.every(function (word) { return item.found.indexOf(word) >= 0; }) &&
          chosen.every(function (select) { return values(item, select.name).indexOf(select.value) >= 0; });
        if (item.row.hidden === fits) { item.row.hidden = !fits; }
        shown += fits ? 1 : 0;
      });
      status.textContent = status.dataset.text.replace("{n}", shown).replace("{all}", items.length);
      none.hidden = shown > 0;
    }

    function sort(wanted) {
      var down = wanted.charAt(0) === "-";
      var column = keys.indexOf(wanted.replace(/^-/, ""));
      sorted = column < 0 ? "" : wanted;
      heads.forEach(function (head, i) {
        if (i === column) { head.setAttribute("aria-sort", down ? "descending" : "ascending"); }
        else { head.removeAttribute("aria-sort"); }
      });
      var numeric = column >= 0 && heads[column].classList.contains("n");
      var keyed = items.map(function (item) {
        var text = column < 0 ? "" : item.texts[column].trim();
        return { item: item, key: numeric ? parseFloat(text.replace(/[,<>]/g, "")) : text };
      });
      keyed.sort(function (a, b) {
        if (numeric && (isNaN(a.key) || isNaN(b.key))) { // what is not known stands last, either way
          return (isNaN(a.key) ? 1 : 0) - (isNaN(b.key) ? 1 : 0) || a.item.order - b.item.order;
        }
        var order = column < 0 ? 0 : numeric ? a.key - b.key : compare(a.key, b.key);
        return (down ? -order : order) || a.item.order - b.item.order;
      });
      var all = document.createDocumentFragment();
      keyed.forEach(function (one) { all.appendChild(one.item.row); });
      body.appendChild(all);
    }

    function remember() { // not at every key: browsers limit how often an address may change
      clearTimeout(later);
      later = setTimeout(function () {
        var said = address();
        each(form.elements, function (field) {
          if (!field.name) { return; }
          if (field.value) { said.set(table.id + "." + field.name, field.value); }
          else { said.delete(table.id + "." + field.name); }
        });
        if (sorted) { said.set(table.id + ".sort", sorted); } else { said.delete(table.id + ".sort"); }
        history.replaceState(null, "", "#" + said.toString());
      }, 300);
    }

    function recall() {
      var said = address();
      each(form.elements, function (field) {
        if (field.name) { field.value = said.get(table.id + "." + field.name) || ""; }
      });
      sort(said.get(table.id + ".sort") || "");
      show();
    }

    heads.forEach(function (head, column) {
      var button = document.createElement("button");
      button.type = "button";
      while (head.firstChild) { button.appendChild(head.firstChild); } // words that are held together stay so
      button.addEventListener("click", function () {
        sort((head.getAttribute("aria-sort") === "ascending" ? "-" : "") + keys[column]);
        remember();
      });
      head.appendChild(button);
    });
    form.addEventListener("submit", function (event) { event.preventDefault(); });
    form.addEventListener("reset", function () { setTimeout(function () { sort(""); show(); remember(); }); });
    form.addEventListener("input", function () { show(); remember(); });
    if (location.hash.indexOf("=") > 0) { recall(); } else { show(); }
    return recall;
  }

  document.addEventListener("DOMContentLoaded", function () {
    var lists = Array.prototype.map.call(document.querySelectorAll("table.list"), List);
    addEventListener("hashchange", function () { // but not for a link to a place on the page
      if (!location.hash || location.hash.indexOf("=") > 0) { lists.forEach(function (recall) { recall(); }); }
    });
  });
})();
