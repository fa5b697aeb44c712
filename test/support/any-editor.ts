/**
 * Something that can be called, constructed and asked for everything, and gives such a thing again:
 * what stands for the parts of the editor that do not matter.
 */
export function anything(): unknown {
  // biome-ignore lint/complexity/useArrowFunction: an arrow function cannot be constructed
  return new Proxy(function () {}, {
    get: (_, key) => (key === Symbol.toPrimitive || key === 'then' ? undefined : anything()),
    apply: () => anything(),
    construct: () => anything() as object,
    set: () => true,
  });
}

/** The same, except for what is given. */
export function anythingBut(own: Readonly<Record<string, unknown>>): unknown {
  return new Proxy(own, { get: (_, key) => own[key as string] ?? anything() });
}
