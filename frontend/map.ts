// Lets a picture be moved and brought nearer. Without it the whole picture is there, and the filters bring areas nearer.

const STEP = 1.5;
const NEAREST = 8;
const STRIDE = 0.2; // of the frame, for a button or an arrow key

const BUTTONS: readonly (readonly [string, string])[] = [
  ["+", "Nearer"],
  ["−", "Further away"],
  ["←", "Move west"],
  ["→", "Move east"],
  ["↑", "Move north"],
  ["↓", "Move south"],
  ["Whole map", "Show the whole map"],
];
const KEYS: Record<string, string> = {
  ArrowLeft: "Move west",
  ArrowRight: "Move east",
  ArrowUp: "Move north",
  ArrowDown: "Move south",
  "+": "Nearer",
  "=": "Nearer",
  "-": "Further away",
  "0": "Show the whole map",
};

/** A picture in its frame: moved by dragging, by keys and by buttons. It is only shifted, never drawn anew. */
class Movable {
  private x = 0;
  private y = 0;
  private scale = 1;
  private from: { x: number; y: number } | null = null;
  private waits = false;

  constructor(
    private readonly frame: HTMLElement,
    private readonly picture: SVGSVGElement,
  ) {
    frame.tabIndex = 0;
    frame.setAttribute("role", "group");
    frame.setAttribute("aria-label", "Map: arrow keys move it, plus and minus bring it nearer or further away");
    frame.addEventListener("keydown", (event) => this.key(event));
    frame.addEventListener("pointerdown", (event) => this.take(event));
    frame.addEventListener("pointermove", (event) => this.drag(event));
    for (const end of ["pointerup", "pointercancel"] as const) frame.addEventListener(end, () => this.leave());
    frame.before(this.buttons());
  }

  private buttons(): HTMLElement {
    const row = document.createElement("div");
    row.className = "tl-map-buttons";
    for (const [text, name] of BUTTONS) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "govuk-button govuk-button--secondary tl-map-button";
      button.textContent = text;
      if (text !== name) button.setAttribute("aria-label", name);
      button.addEventListener("click", () => this.act(name));
      row.append(button);
    }
    return row;
  }

  private act(name: string): void {
    const { clientWidth: width, clientHeight: height } = this.frame;
    const shift: Record<string, readonly [number, number]> = {
      "Move west": [width * STRIDE, 0],
      "Move east": [-width * STRIDE, 0],
      "Move north": [0, height * STRIDE],
      "Move south": [0, -height * STRIDE],
    };
    const way = shift[name];
    if (way) this.move(way[0], way[1]);
    else if (name === "Nearer") this.zoom(STEP);
    else if (name === "Further away") this.zoom(1 / STEP);
    else this.reset();
  }

  private key(event: KeyboardEvent): void {
    const name = KEYS[event.key];
    if (!name || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    this.act(name);
  }

  private take(event: PointerEvent): void {
    // A finger on the whole picture scrolls the page; on one that was brought nearer it moves the picture.
    if (event.button !== 0 || (event.pointerType === "touch" && this.scale === 1)) return;
    this.from = { x: event.clientX, y: event.clientY };
    this.frame.setPointerCapture(event.pointerId);
    this.picture.style.willChange = "transform";
  }

  private drag(event: PointerEvent): void {
    if (!this.from) return;
    this.move(event.clientX - this.from.x, event.clientY - this.from.y);
    this.from = { x: event.clientX, y: event.clientY };
  }

  private leave(): void {
    this.from = null;
    // Without it the browser draws the picture sharp again at its size.
    this.picture.style.willChange = "";
  }

  private move(across: number, down: number): void {
    this.x += across;
    this.y += down;
    this.show();
  }

  /** Nearer or further away, about the middle of the frame. */
  private zoom(by: number): void {
    const scale = Math.min(NEAREST, Math.max(1, this.scale * by));
    const middle = { x: this.frame.clientWidth / 2, y: this.frame.clientHeight / 2 };
    this.x = middle.x - ((middle.x - this.x) * scale) / this.scale;
    this.y = middle.y - ((middle.y - this.y) * scale) / this.scale;
    this.scale = scale;
    this.frame.classList.toggle("tl-map-frame--near", scale > 1);
    this.show();
  }

  private reset(): void {
    this.x = this.y = 0;
    this.scale = 1;
    this.frame.classList.remove("tl-map-frame--near");
    this.show();
  }

  /** At most once a frame, and never so far that the picture is out of sight. */
  private show(): void {
    const { clientWidth: width, clientHeight: height } = this.frame;
    this.x = Math.min(width / 2, Math.max(width / 2 - width * this.scale, this.x));
    this.y = Math.min(height / 2, Math.max(height / 2 - height * this.scale, this.y));
    if (this.waits) return;
    this.waits = true;
    requestAnimationFrame(() => {
      this.waits = false;
      this.picture.style.transform = `translate(${this.x}px, ${this.y}px) scale(${this.scale})`;
    });
  }
}

/** Makes every picture in a frame that asks for it movable. */
export function moveMaps(): void {
  for (const frame of document.querySelectorAll<HTMLElement>("[data-map]")) {
    const picture = frame.querySelector("svg");
    if (picture) new Movable(frame, picture);
  }
}
