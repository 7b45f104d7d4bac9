// Keeps what is typed into a form as a draft on the server. Without it, the form's own button does the same.

const PAUSE = 1000; // milliseconds after the last key

/** Watches the form around an element that names, in data-draft, the address to save at; the element says how it went. */
function keepDraft(said: HTMLElement): void {
  const form = said.closest("form");
  const address = said.dataset.draft;
  if (!form || !address) return;
  let timer = 0;
  let saving = false;
  let again = false;
  let leaving = false;

  async function save(): Promise<void> {
    if (leaving) return;
    if (saving) {
      again = true;
      return;
    }
    saving = true;
    said.textContent = await sent(address as string, form as HTMLFormElement);
    saving = false;
    if (again) {
      again = false;
      await save();
    }
  }

  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = window.setTimeout(save, PAUSE);
  });
  // The form itself is on its way: a draft that came after it would bring back what is recorded.
  form.addEventListener("submit", () => {
    leaving = true;
    clearTimeout(timer);
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden" && timer) void save();
  });
}

/** Sends what stands in the form, without its files; gives the sentence to show. */
async function sent(address: string, form: HTMLFormElement): Promise<string> {
  const boxes = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    if (typeof value === "string") boxes.append(name, value);
  }
  try {
    const answer = await fetch(address, { method: "POST", body: boxes, redirect: "manual" });
    if (answer.ok || answer.status === 409) return await answer.text();
    return "Not saved: your session has ended. Sign in on another page, then go on here.";
  } catch {
    return "Not saved: there is no connection. What you typed is still here.";
  }
}

export function keepDrafts(): void {
  document.querySelectorAll<HTMLElement>("[data-draft]").forEach(keepDraft);
}
