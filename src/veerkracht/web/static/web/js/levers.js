// Sliders beside the numbers of the levers. Without this script the numbers work alone.
"use strict";
(function () {
  const form = document.getElementById("question");
  if (!form) return;
  let soon = 0;
  // A moment of rest first: nobody wants an answer for every number that the slider passes.
  function ask() {
    window.clearTimeout(soon);
    soon = window.setTimeout(() => form.dispatchEvent(new Event("turned", { bubbles: true })), 400);
  }
  for (const slider of form.querySelectorAll("input[data-lever]")) {
    const number = document.getElementById(slider.dataset.lever);
    if (!number) continue;
    slider.value = number.value || "0";
    slider.hidden = false;
    slider.addEventListener("input", () => { number.value = slider.value; });
    slider.addEventListener("change", ask);
    number.addEventListener("input", () => { slider.value = number.value || "0"; });
    number.addEventListener("change", ask);
  }
})();
