/** Exit statuses. */
export const exit = { done: 0, findings: 1, declined: 1, refused: 2, interrupted: 130 } as const;
