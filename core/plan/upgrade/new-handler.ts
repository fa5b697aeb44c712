import type { Analysis } from '../../chain/analysis.ts';
import type { App } from '../../chain/chain.ts';
import type { HandlerShape } from '../handler/handler-shape.ts';
import { registeredHandler } from '../handler/handler-shape.ts';
import { nameOf } from './neighbour.ts';

/** The handler of a new upgrade, where no other upgrade shares it. */
export function newHandler(
  { repo, wiringOf }: Analysis,
  app: App,
  name: string,
): HandlerShape | undefined {
  const shapes = wiringOf(app).registrations.flatMap(registration => {
    const plan = nameOf(registration);
    const shape = registeredHandler(repo, registration);
    return shape ? [{ plan, shape }] : [];
  });
  const own = shapes.find(({ plan }) => plan === name)?.shape;
  const isShared = shapes.some(({ plan, shape }) => plan !== name && isSame(shape, own));
  return isShared ? undefined : own;
}

function isSame(one: HandlerShape, other: HandlerShape | undefined): boolean {
  return (
    one.facts.path === other?.facts.path && one.closure.node.start === other.closure.node.start
  );
}
