// The icons, drawn as lines on a 24 x 24 grid. An icon never speaks alone: the control around it has a label.
const paths = {
  back: "M15 5l-7 7 7 7",
  next: "M9 5l7 7-7 7",
  up: "M5 15l7-7 7 7",
  down: "M5 9l7 7 7-7",
  close: "M6 6l12 12M18 6L6 18",
  search: "M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13zM15.5 15.5L20 20",
  calendar: "M4 6.5h16v13H4zM4 10.5h16M8 4v4M16 4v4",
  file: "M6 3.5h8l4 4v13H6zM14 3.5v4h4M9 12h6M9 15.5h6",
  clip: "M19 11l-7.5 7.5a4.5 4.5 0 0 1-6.4-6.4L13 4.2a3 3 0 0 1 4.3 4.3l-7.8 7.8a1.5 1.5 0 0 1-2.1-2.1L14 7.6",
  lock: "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3",
  outline: "M4 6h16M8 12h12M12 18h8",
  grid: "M4 4h6.5v7H4zM13.5 4H20v7h-6.5zM4 13.5h6.5v6.5H4zM13.5 13.5H20v6.5h-6.5z",
  list: "M8 6h12M8 12h12M8 18h12M4 6h.01M4 12h.01M4 18h.01",
  marker: "M14.5 4.5l5 5L11 18H6v-5zM4 21h16M12 7l5 5",
  note: "M4 4.5h16v11l-5 5H4zM15 20v-5h5M8 9h8M8 12.5h4",
  trash: "M5 7h14M9.5 7V4.5h5V7M7 7l1 13h8l1-13M10.5 11v5M13.5 11v5",
  plus: "M12 5v14M5 12h14",
  minus: "M5 12h14",
  fit: "M4 12h16M8 8l-4 4 4 4M16 8l4 4-4 4",
  more: "M6 12h.01M12 12h.01M18 12h.01",
  check: "M5 12.5l4.5 4.5L19 7.5",
  warn: "M12 4l9 16H3zM12 10v4.5M12 17.2h.01",
  cloud: "M7 18.5a4.5 4.5 0 0 1-.4-9 6 6 0 0 1 11.5 1.6A3.8 3.8 0 0 1 17 18.5z",
  upload: "M12 16V5M7.5 9.5L12 5l4.5 4.5M5 19.5h14",
  download: "M12 5v11M7.5 11.5L12 16l4.5-4.5M5 19.5h14",
  edit: "M5 19h4L19 9l-4-4L5 15zM13 7l4 4",
  move: "M12 4v16M8 8l4-4 4 4M8 16l4 4 4-4",
  person: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.5 20a7.5 7.5 0 0 1 15 0",
  exit: "M10 4.5H5v15h5M14 8l4 4-4 4M18 12H9",
  undo: "M8 5L4 9l4 4M4 9h10a5.5 5.5 0 0 1 0 11H9",
  history: "M4.5 12a7.5 7.5 0 1 0 2.4-5.5L4 9M4 4.5V9h4.5M12 8v4.5l3 2",
  pause: "M9 5v14M15 5v14",
  device: "M6.5 3.5h11v17h-11zM10.5 17.5h3",
  settings: "M12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM12 3v3M12 18v3M3 12h3M18 12h3M5.6 5.6l2.2 2.2M16.2 16.2l2.2 2.2M18.4 5.6l-2.2 2.2M7.8 16.2l-2.2 2.2",
  star: "M12 4l2.4 5 5.6.7-4.1 3.8 1.1 5.5-5-2.8-5 2.8 1.1-5.5L4 9.7 9.6 9z",
} as const;

export type IconName = keyof typeof paths;

/** Icon draws one icon in the colour of the text around it; hidden from screen readers. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={paths[name]} />
    </svg>
  );
}
