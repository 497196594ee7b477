// Search, filters and sorting of a table with class "list". Without this file the whole table simply stands there.
(function () {
  "use strict";
  document.querySelectorAll("table.list").forEach(function (table) {
    var form = document.getElementById(table.dataset.filter);
    var body = table.tBodies[0];
    var rows = Array.prototype.map.call(body.rows, function (row) {
      return { row: row, text: fold(row.textContent), order: row.rowIndex };
    });
    var status = document.getElementById(table.dataset.status);
    var none = document.getElementById(table.dataset.none);
    var selects = form.querySelectorAll("select");
    var input = form.querySelector("input");

    function fold(text) {
      return text.toLowerCase().replace(/[๐-๙]/g, function (digit) {
        return String.fromCharCode(digit.charCodeAt(0) - 0x0e20);
      }).replace(/\s+/g, " ");
    }

    function show() {
      var words = fold(input.value).trim().split(" ").filter(Boolean);
      var shown = 0;
      rows.forEach(function (item) {
        var fits = words.every(function (word) { return item.text.indexOf(word) >= 0; });
        selects.forEach(function (select) {
          var values = (item.row.getAttribute("data-" + select.name) || "").split("|");
          fits = fits && (!select.value || values.indexOf(select.value) >= 0);
        });
        item.row.hidden = !fits;
        shown += fits ? 1 : 0;
      });
      status.textContent = status.dataset.text.replace("{n}", shown).replace("{all}", rows.length);
      none.hidden = shown > 0;
    }

    function sort(head, column) {
      var down = head.getAttribute("aria-sort") === "ascending";
      table.querySelectorAll("th[aria-sort]").forEach(function (other) { other.removeAttribute("aria-sort"); });
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      var compare = new Intl.Collator("th", { numeric: true }).compare;
      var numeric = head.classList.contains("n");
      var keyed = rows.map(function (item) {
        var text = item.row.cells[column].textContent.trim();
        return { item: item, key: numeric ? parseFloat(text.replace(/,/g, "")) : text };
      });
      keyed.sort(function (a, b) {
        if (numeric && (isNaN(a.key) || isNaN(b.key))) {  // what is not known stands last, either way
          return (isNaN(a.key) ? 1 : 0) - (isNaN(b.key) ? 1 : 0) || a.item.order - b.item.order;
        }
        var order = numeric ? a.key - b.key : compare(a.key, b.key);
        return (down ? -order : order) || a.item.order - b.item.order;
      });
      keyed.forEach(function (one) { body.appendChild(one.item.row); });
    }

    table.querySelectorAll("thead th").forEach(function (head, column) {
      var button = document.createElement("button");
      button.type = "button";
      button.textContent = head.textContent.trim();
      button.addEventListener("click", function () { sort(head, column); });
      head.textContent = "";
      head.appendChild(button);
    });
    form.addEventListener("submit", function (event) { event.preventDefault(); });
    form.addEventListener("reset", function () { setTimeout(show); });
    form.addEventListener("input", show);
    form.hidden = false;
    document.querySelectorAll(".sort-hint").forEach(function (hint) { hint.hidden = false; });
    show();
  });
})();
