// A link chart by hand: zoom, drag, choose, expand and hide, and the months of its links. The server draws every part,
// and the table beside the chart does the same without this script.

const NEAREST = 0.2; // of the whole chart, the least that is shown
const STEP = 1.3;
const SHIFT = 20;
const EDGE = 90; // kept free around what is drawn, for the names

type Box = { x: number; y: number; w: number; h: number };

const ends = (line: SVGLineElement): string => `${line.dataset.one}-${line.dataset.other}`;

const endsOf = (values: number[]): [number, number] => [Math.min(...values), Math.max(...values)];
const between = (value: number, least: number, most: number): number => Math.min(Math.max(value, least), most);

class Chart {
  private svg: SVGSVGElement;
  private spots: SVGGElement;
  private strokes: SVGGElement;
  private said: HTMLElement;
  private rows: HTMLTableSectionElement | null;
  private box: Box;
  private chosen: SVGGElement | null = null;
  private moved = new Map<string, [number, number]>();
  private timer = 0;

  constructor(private root: HTMLElement) {
    this.svg = root.querySelector<SVGSVGElement>("[data-svg]")!;
    this.spots = this.svg.querySelector<SVGGElement>("[data-spots]")!;
    this.strokes = this.svg.querySelector<SVGGElement>("[data-strokes]")!;
    this.said = root.querySelector<HTMLElement>("[data-said]")!;
    this.rows = root.querySelector<HTMLTableSectionElement>("[data-rows] tbody");
    const { x, y, width, height } = this.svg.viewBox.baseVal;
    this.box = { x, y, w: width, h: height };
    this.svg.setAttribute("role", "group");
    this.svg.removeAttribute("aria-labelledby");
    this.svg.setAttribute("aria-label", "Link chart. Arrow keys go from one thing to the next.");
    this.all().forEach((spot) => this.wake(spot));
    this.first()?.setAttribute("tabindex", "0");
    this.tools();
    this.watch();
    this.time();
  }

  private all(): SVGGElement[] {
    return [...this.spots.querySelectorAll<SVGGElement>("[data-number]")];
  }

  private first(): SVGGElement | undefined {
    return this.all()[0];
  }

  private wake(spot: SVGGElement): void {
    spot.setAttribute("role", "button");
    spot.setAttribute("tabindex", "-1");
    spot.setAttribute("aria-label", spot.querySelector("title")?.textContent ?? "");
  }

  private at(spot: Element): [number, number] {
    const found = /translate\(([-\d.]+) ([-\d.]+)\)/.exec(spot.getAttribute("transform") ?? "");
    return found ? [Number(found[1]), Number(found[2])] : [0, 0];
  }

  // ---- Looking

  private show(box: Box): void {
    this.box = box;
    this.svg.setAttribute("viewBox", `${box.x} ${box.y} ${box.w} ${box.h}`);
  }

  private zoom(by: number): void {
    const { x, y, w, h } = this.box;
    if (by > 1 && w / by < 700 * NEAREST) return;
    this.show({ x: x + (w - w / by) / 2, y: y + (h - h / by) / 2, w: w / by, h: h / by });
  }

  private fit(): void {
    const places = this.all().map((spot) => this.at(spot));
    if (!places.length) return;
    const [left, right] = endsOf(places.map((place) => place[0]));
    const [top, bottom] = endsOf(places.map((place) => place[1]));
    const [x, y] = [left - EDGE, top - EDGE];
    this.show({ x, y, w: Math.max(right + EDGE - x, 350), h: Math.max(bottom + EDGE - y, 350) });
  }

  private tools(): void {
    const bar = this.root.querySelector<HTMLElement>("[data-tools]");
    if (!bar) return;
    bar.hidden = false;
    const does: Record<string, () => void> = {
      in: () => this.zoom(STEP), out: () => this.zoom(1 / STEP), fit: () => this.fit(), print: () => window.print(),
    };
    bar.querySelectorAll<HTMLElement>("[data-tool]").forEach((button) => {
      button.addEventListener("click", () => does[button.dataset.tool ?? ""]?.());
    });
  }

  // ---- Choosing and moving

  private watch(): void {
    this.svg.addEventListener("pointerdown", (event) => this.grab(event));
    this.svg.addEventListener("dblclick", (event) => {
      const spot = (event.target as Element).closest<SVGGElement>("[data-number]");
      if (spot) void this.open(spot);
    });
    this.svg.addEventListener("focusin", (event) => {
      const spot = (event.target as Element).closest<SVGGElement>("[data-number]");
      if (spot) this.choose(spot);
    });
    this.svg.addEventListener("keydown", (event) => this.key(event));
    this.rows?.addEventListener("click", (event) => this.press(event));
  }

  private choose(spot: SVGGElement): void {
    this.chosen?.classList.remove("tl-spot--chosen");
    this.chosen?.setAttribute("tabindex", "-1");
    this.chosen = spot;
    spot.classList.add("tl-spot--chosen");
    spot.setAttribute("tabindex", "0");
    const number = spot.dataset.number;
    let ties = 0;
    this.strokes.querySelectorAll<SVGLineElement>("line").forEach((line) => {
      const isOf = line.dataset.one === number || line.dataset.other === number;
      line.classList.toggle("tl-stroke--chosen", isOf);
      ties += isOf ? 1 : 0;
    });
    const can = this.root.dataset.expand ? " Enter expands it, Delete hides it, Alt and arrows move it." : "";
    this.tell(`${spot.getAttribute("aria-label")}: ${ties} ${ties === 1 ? "link" : "links"}.${can}`);
  }

  private tell(text: string): void {
    this.said.textContent = text;
  }

  private grab(event: PointerEvent): void {
    const spot = (event.target as Element).closest<SVGGElement>("[data-number]");
    const scale = this.box.w / this.svg.getBoundingClientRect().width;
    const [startX, startY, from, box] = [event.clientX, event.clientY, spot ? this.at(spot) : [0, 0], { ...this.box }];
    let isDragged = false;
    const move = (now: PointerEvent): void => {
      const [dx, dy] = [(now.clientX - startX) * scale, (now.clientY - startY) * scale];
      isDragged ||= Math.abs(dx) + Math.abs(dy) > 4;
      if (spot && this.root.dataset.places) this.put(spot, from[0]! + dx, from[1]! + dy);
      else if (!spot) this.show({ ...box, x: box.x - dx, y: box.y - dy });
    };
    const drop = (): void => {
      window.removeEventListener("pointermove", move);
      if (spot && isDragged) this.keep(spot);
    };
    window.addEventListener("pointermove", move);
    window.addEventListener("pointerup", drop, { once: true });
    if (spot) {
      event.preventDefault();
      spot.focus();
    }
  }

  private put(spot: SVGGElement, x: number, y: number): void {
    spot.setAttribute("transform", `translate(${Math.round(x)} ${Math.round(y)})`);
    this.strokes.querySelectorAll<SVGLineElement>(`line[data-one="${spot.dataset.number}"]`).forEach((line) => {
      line.setAttribute("x1", String(Math.round(x)));
      line.setAttribute("y1", String(Math.round(y)));
    });
    this.strokes.querySelectorAll<SVGLineElement>(`line[data-other="${spot.dataset.number}"]`).forEach((line) => {
      line.setAttribute("x2", String(Math.round(x)));
      line.setAttribute("y2", String(Math.round(y)));
    });
  }

  private keep(spot: SVGGElement): void {
    if (!this.root.dataset.places) return;
    this.moved.set(spot.dataset.number ?? "", this.at(spot));
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.send(), 400);
  }

  private async send(): Promise<void> {
    const places = JSON.stringify(Object.fromEntries(this.moved));
    this.moved.clear();
    const answer = await this.post(this.root.dataset.places ?? "", { places });
    if (!answer) this.tell("Not saved: where things were moved to is kept on this page alone.");
  }

  private key(event: KeyboardEvent): void {
    const spot = (event.target as Element).closest<SVGGElement>("[data-number]");
    if (!spot) return;
    const way: Record<string, [number, number]> = {
      ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1],
    };
    const to = way[event.key];
    if (to) {
      event.preventDefault();
      if (!event.altKey) this.next(spot, to)?.focus();
      else if (this.root.dataset.places) {
        const [x, y] = this.at(spot);
        this.put(spot, x + SHIFT * to[0], y + SHIFT * to[1]);
        this.keep(spot);
      }
    } else if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      void this.open(spot);
    } else if (event.key === "Delete") void this.hide(spot.dataset.number ?? "");
  }

  // The nearest thing in a direction: what lies to the side counts as further away.
  private next(spot: SVGGElement, [dx, dy]: [number, number]): SVGGElement | undefined {
    const [x, y] = this.at(spot);
    let best: SVGGElement | undefined;
    let least = Infinity;
    for (const other of this.all()) {
      const [ox, oy] = this.at(other);
      const along = (ox - x) * dx + (oy - y) * dy;
      const aside = Math.abs((ox - x) * dy) + Math.abs((oy - y) * dx);
      if (along > 0 && along + 2 * aside < least) [best, least] = [other, along + 2 * aside];
    }
    return best;
  }

  // ---- Expanding and hiding

  private press(event: Event): void {
    const button = (event.target as Element).closest<HTMLButtonElement>("button[data-expand], button[data-hide]");
    if (!button) return;
    event.preventDefault();
    if (button.matches("[data-hide]")) void this.hide(button.value);
    else void this.expand(button.value, button);
  }

  private open(spot: SVGGElement): Promise<void> {
    const link = this.rows?.querySelector<HTMLAnchorElement>(`tr[data-number="${spot.dataset.number}"] a`);
    if (spot.dataset.sign === "cluster" && link) window.location.assign(link.href);
    return spot.dataset.sign === "cluster" ? Promise.resolve() : this.expand(spot.dataset.number ?? "");
  }

  private async expand(number: string, from?: HTMLElement): Promise<void> {
    if (!this.root.dataset.expand) return;
    const answer = await this.post(this.root.dataset.expand, { number, part: "1" });
    if (answer === null) return this.tell("Nothing was added: reload the page and try again.");
    const pieces = arriving(answer);
    const part = parsed(await pieces.until("</svg>"));
    if (!part.querySelector("svg")) return this.tell("Nothing more came: reload the page and try again.");
    const [lines, held] = [this.lines(), new Map(this.all().map((spot) => [spot.dataset.number, spot]))];
    const strokes = [...part.querySelectorAll<SVGLineElement>("[data-strokes] line")].filter((line) => !lines.has(ends(line)));
    this.strokes.append(...strokes.map((line) => document.importNode(line, true)));
    const spots = [...part.querySelectorAll<SVGGElement>("[data-spots] > g")];
    this.spots.append(...spots.filter((spot) => !this.isTaken(spot, held)).map((spot) => this.fresh(spot)));
    this.see(spots.map((spot) => spot.dataset.number ?? ""));
    this.root.dispatchEvent(new CustomEvent("chart:drawn"));
    // The picture is looked at, so it is painted first: a long table takes longer to set than all that is drawn.
    await painted();
    const rows = new Map([...(this.rows?.rows ?? [])].map((row) => [row.dataset.number, row]));
    const table = parsed(await pieces.until("</table>"));
    table.querySelectorAll<HTMLTableRowElement>("tbody > tr").forEach((row) => {
      const fresh = document.importNode(row, true);
      const old = rows.get(row.dataset.number);
      if (old) old.replaceWith(fresh);
      else this.rows?.append(fresh);
    });
    if (from) this.rows?.querySelector<HTMLElement>(`tr[data-number="${number}"] a`)?.focus();
    this.tell(part.querySelector("p")?.textContent ?? "");
  }

  private lines(): Set<string> {
    return new Set([...this.strokes.querySelectorAll<SVGLineElement>("line")].map(ends));
  }

  private fresh(drawn: SVGGElement): SVGGElement {
    const spot = document.importNode(drawn, true);
    this.wake(spot);
    return spot;
  }

  // What stands is drawn anew inside: it keeps its place, the focus and whether it is chosen, so nothing is laid out twice.
  private isTaken(drawn: SVGGElement, all: Map<string | undefined, SVGGElement>): boolean {
    const held = all.get(drawn.dataset.number);
    if (!held) return false;
    held.replaceChildren(...document.importNode(drawn, true).childNodes);
    held.dataset.more = drawn.dataset.more ?? "";
    held.setAttribute("aria-label", held.querySelector("title")?.textContent ?? "");
    return true;
  }

  // Moves the view as little as brings in what is new, and widens it only where that does not fit; nothing that stands
  // moves. Moved, names keep their size and need not be set again, which would take longer than all the rest.
  private see(numbers: string[]): void {
    const fresh = new Set(numbers);
    const places = this.all().filter((spot) => fresh.has(spot.dataset.number ?? "")).map((spot) => this.at(spot));
    if (!places.length) return;
    const { x, y, w, h } = this.box;
    const [left, right] = endsOf(places.map((place) => place[0]));
    const [top, bottom] = endsOf(places.map((place) => place[1]));
    if (left >= x && top >= y && right <= x + w && bottom <= y + h) return;
    if (right - left + 2 * EDGE > w || bottom - top + 2 * EDGE > h) return this.fit();
    this.show({ x: between(x, right + EDGE - w, left - EDGE), y: between(y, bottom + EDGE - h, top - EDGE), w, h });
  }

  private async hide(number: string): Promise<void> {
    if (!this.root.dataset.hide) return;
    if ((await this.post(this.root.dataset.hide, { number, part: "1" })) === null) return;
    const spot = this.spots.querySelector<SVGGElement>(`g[data-number="${number}"]`);
    const beside = spot && (this.next(spot, [1, 0]) ?? this.next(spot, [-1, 0]) ?? this.next(spot, [0, 1]));
    this.strokes.querySelectorAll(`line[data-one="${number}"], line[data-other="${number}"]`).forEach((line) => line.remove());
    spot?.remove();
    this.rows?.querySelector(`tr[data-number="${number}"]`)?.remove();
    (beside ?? this.first())?.focus();
    this.tell("Hidden. Its place is kept.");
  }

  private async post(address: string, said: Record<string, string>): Promise<Response | null> {
    const body = new URLSearchParams({ ...said, csrfmiddlewaretoken: this.root.dataset.csrf ?? "" });
    try {
      const answer = await fetch(address, { method: "POST", body, redirect: "error" });
      return answer.ok ? answer : null;
    } catch {
      return null;
    }
  }

  // ---- Time

  private time(): void {
    const form = this.root.querySelector<HTMLFormElement>("[data-time]");
    const words = form?.querySelector<HTMLElement>("[data-months]");
    if (!form || !words) return;
    const [since, until] = [...form.querySelectorAll<HTMLInputElement>("input[type=range]")];
    form.querySelector("button")?.remove();
    const name = (month: number): string =>
      new Date(Math.floor(month / 12), month % 12, 1).toLocaleDateString("en-GB", { month: "short", year: "numeric" });
    form.addEventListener("input", () => {
      const [from, to] = [Number(since!.value), Math.max(Number(until!.value), Number(since!.value))];
      let shown = 0;
      this.strokes.querySelectorAll<SVGLineElement>("line").forEach((line) => {
        const isShown = Number(line.dataset.first) <= to && Number(line.dataset.last) >= from;
        line.setAttribute("visibility", isShown ? "visible" : "hidden");
        shown += isShown ? 1 : 0;
      });
      words.textContent = `${name(from)} to ${name(to)}: ${shown} links`;
    });
  }
}

function parsed(text: string): Document {
  return new DOMParser().parseFromString(text, "text/html");
}

// What the server sends piece by piece: each as soon as it has come to its end, which is a word that stands there alone.
function arriving(answer: Response): { until: (end: string) => Promise<string> } {
  const reader = answer.body!.pipeThrough(new TextDecoderStream()).getReader();
  let held = "";
  const until = async (end: string): Promise<string> => {
    for (;;) {
      const at = held.indexOf(end);
      const piece = held.slice(0, at + end.length);
      if (at >= 0) held = held.slice(at + end.length);
      if (at >= 0) return piece;
      const { done, value } = await reader.read().catch(() => ({ done: true, value: undefined }));
      if (done) return held;
      held += value;
    }
  };
  return { until };
}

function painted(): Promise<void> {
  return new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
}

export function wakeCharts(): void {
  document.querySelectorAll<HTMLElement>("[data-chart]").forEach((root) => new Chart(root));
}
