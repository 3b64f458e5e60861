/* Let a reader choose on a plan: layers, levels of certainty, a phase, a room or sign. Without it everything is shown,
   one below the other. Words come with each drawing from the catalog; nothing is fetched. */
"use strict";

(() => {
  const make = (tag, attributes = {}, ...children) => {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
    node.append(...children);
    return node;
  };

  const titleOf = (group) => group.querySelector(":scope > title")?.textContent ?? "";

  const copyOf = (node) => {
    const copy = node.cloneNode(true);
    for (const one of [copy, ...copy.querySelectorAll("[id]")]) one.removeAttribute("id");
    for (const one of copy.querySelectorAll("button, .headerlink")) one.remove();
    return copy;
  };

  /* A box of check boxes, one for every name; `set(name, shown)` does it in all drawings of the place. */
  const boxes = (legend, names, set) => {
    const field = make("fieldset", {}, make("legend", {}, legend));
    for (const [name, title] of names) {
      const box = make("input", { type: "checkbox" });
      box.checked = true;
      box.addEventListener("change", () => set(name, box.checked));
      field.append(make("label", {}, box, title));
    }
    return field;
  };

  const choices = (place, words) => {
    const drawings = [...place.querySelectorAll("svg.drawing")];
    const layers = new Map();
    const levels = new Map();
    for (const group of drawings[0].querySelectorAll("g.layer")) {
      const title = titleOf(group);
      layers.set(title, title);
    }
    for (const sample of drawings[0].querySelectorAll(".key-entry[class*='certainty-']")) {
      const level = [...sample.classList].find((name) => name.startsWith("certainty-"));
      if (sample.id.includes("--level--")) levels.set(level, titleOf(sample).split(":")[0]);
    }
    const each = (selector, test, shown) => {
      for (const drawing of drawings) {
        for (const group of drawing.querySelectorAll(selector)) {
          if (test(group)) group.classList.toggle("plan-away", !shown);
        }
      }
    };
    const box = make("details", { class: "plan-choices" }, make("summary", {}, words.what));
    box.append(boxes(words.layers, layers, (name, shown) => each("g.layer", (group) => titleOf(group) === name, shown)));
    if (levels.size > 1) {
      const set = (level, shown) => each(`.${level}:not(.key-entry)`, () => true, shown);
      box.append(boxes(words.certainty, levels, set));
    }
    place.prepend(box);
  };

  /* What the page tells of a thing: the cells of its row, and its entry in the list below the table. */
  const told = (target) => {
    const parts = [];
    const row = target.closest("tr");
    if (!row) return [copyOf(target)];
    const facts = make("dl", { class: "plan-facts" });
    for (const cell of row.querySelectorAll("td[data-label]")) {
      if (cell.textContent.trim()) {
        facts.append(make("dt", {}, cell.dataset.label), make("dd", {}, ...copyOf(cell).childNodes));
      }
    }
    parts.push(facts);
    const term = [...document.querySelectorAll("dl.rooms > dt")].find((one) => {
      const name = copyOf(one).textContent.trim();
      return name && target.textContent.trim().startsWith(name);
    });
    if (term) parts.push(...copyOf(term.nextElementSibling).childNodes);
    return parts;
  };

  const choose = (place, link, words) => {
    const target = document.getElementById(decodeURIComponent(link.getAttribute("xlink:href").slice(1)));
    if (!target) return;
    close(place);
    link.classList.add("chosen");
    const heading = make("h3", { tabindex: "-1" }, titleOf(link));
    const panel = make("div", { class: "plan-panel", role: "region", "aria-label": titleOf(link) }, heading, ...told(target));
    const shut = make("button", { type: "button" }, words.close);
    const more = make("button", { type: "button" }, words.row);
    const back = () => {
      close(place);
      link.focus();
    };
    shut.addEventListener("click", back);
    more.addEventListener("click", () => {
      location.hash = target.id;
      target.scrollIntoView();
    });
    panel.addEventListener("keydown", (event) => {
      if (event.key === "Escape") back();
    });
    panel.append(shut, more);
    place.append(panel);
    heading.focus({ preventScroll: true });
    panel.scrollIntoView({ block: "nearest" });
  };

  const close = (place) => {
    place.querySelector(".plan-panel")?.remove();
    for (const one of place.querySelectorAll(".chosen")) one.classList.remove("chosen");
  };

  /* The way back: a button at each row and each line of a list that shows its thing on the plan. */
  const ways = (places, words) => {
    const found = new Map();
    for (const place of places) {
      for (const link of place.querySelectorAll("svg a")) {
        const name = link.getAttribute("xlink:href").slice(1);
        found.set(name, [...(found.get(name) ?? []), link]);
      }
    }
    for (const [name, links] of found) {
      const target = document.getElementById(name);
      const holder = target?.matches("li") ? target.firstElementChild : target?.parentElement;
      if (!holder) continue;
      const button = make("button", { type: "button", class: "plan-show" }, words.show);
      button.setAttribute("aria-label", `${words.show}: ${titleOf(links[0])}`);
      button.addEventListener("click", () => {
        const link = links.find((one) => one.getClientRects().length) ?? links[0];
        const place = link.closest(".plan-drawing");
        close(place);
        link.classList.add("chosen");
        link.focus();
        place.scrollIntoView({ block: "nearest" });
      });
      holder.append(button);
    }
  };

  const phases = (words) => {
    const sections = [...document.querySelectorAll("section.phase")];
    if (sections.length < 2) return;
    const field = make("fieldset", {}, make("legend", {}, words.phase));
    const show = (chosen) => {
      for (const one of sections) one.classList.toggle("plan-away", chosen !== null && one !== chosen);
    };
    for (const one of [null, ...sections]) {
      const radio = make("input", { type: "radio", name: "plan-phase" });
      radio.checked = one === null;
      radio.addEventListener("change", () => show(one));
      const title = one ? copyOf(one.querySelector("h2, h3, h4")).textContent.trim() : words.all;
      field.append(make("label", {}, radio, title));
    }
    sections[0].before(make("div", { class: "plan-choices" }, field));
    /* A link from elsewhere into a phase that is not shown brings all of them back. */
    window.addEventListener("hashchange", () => {
      const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
      if (target?.closest(".plan-away")) {
        show(null);
        field.querySelector("input").checked = true;
        target.scrollIntoView();
      }
    });
  };

  const places = [...document.querySelectorAll(".plan-drawing")];
  if (!places.length) return;
  const words = JSON.parse(places[0].dataset.words);
  for (const place of places) {
    choices(place, words);
    place.addEventListener("click", (event) => {
      const link = event.target.closest?.("svg a");
      if (!link) return;
      event.preventDefault();
      choose(place, link, words);
    });
  }
  phases(words);
  ways(places, words);
})();
