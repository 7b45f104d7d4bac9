// Fetches the live part of a page again while it is open and looked at. Without it, the page's own link does the same.

const EVERY = 10_000; // milliseconds

/** Puts the newest state of an element in its place, unless somebody is at work in it. */
async function look(part: HTMLElement): Promise<void> {
  if (document.visibilityState === "hidden" || part.contains(document.activeElement)) return;
  try {
    const answer = await fetch(part.dataset.live as string, { redirect: "manual" });
    if (answer.ok) part.innerHTML = await answer.text();
  } catch {
    // There is no connection: what stands on the page says of which moment it is.
  }
}

export function followLive(): void {
  document.querySelectorAll<HTMLElement>("[data-live]").forEach((part) => {
    window.setInterval(() => void look(part), EVERY);
  });
}
