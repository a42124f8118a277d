// A scanner does not wait for a page's modules: keys that come before them are kept, and scan.js takes them over.
(() => {
  const early = [];
  const keep = (event) => early.push(event);
  document.addEventListener('keydown', keep, true);
  window.keysBefore = () => {
    document.removeEventListener('keydown', keep, true);
    return early.splice(0);
  };
})();
