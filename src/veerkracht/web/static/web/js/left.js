// The page between this site and a harmless one takes no place in the history.
location.replace(document.querySelector("[data-exit]").href);
