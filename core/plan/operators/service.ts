import { Refusal } from '../../refusal.ts';
import { render } from '../../render.ts';
import type { PlanInput } from '../plan-input.ts';
import type { Answers } from '../question.ts';
import { nodeProgram } from './daemon.ts';
import type { ChosenNetwork } from './place.ts';
import { textAnswer } from './place.ts';

/** How a node is run as a service. */
export interface Service {
  /** What its binary is called. */
  readonly daemon: string;
  readonly user: string;
  /** Its home, absolute: systemd knows no variables there. */
  readonly home: string;
}

/** How the node is run, as far as source and configuration say it. Throws `Refusal`. */
export function serviceOf(
  { analysis, app }: PlanInput,
  answers: Answers,
  network: ChosenNetwork,
): Service {
  const program = nodeProgram(analysis.repo, app);
  const daemon = program.name;
  if (daemon === undefined)
    throw new Refusal(
      "it is not known what the node's binary is called: no main package, or several, run this app",
    );
  const user = textAnswer(answers, 'user') || daemon;
  const given = network.home ?? program.home;
  if (given === undefined)
    throw new Refusal(
      `the home of ${daemon} is not known: set "home" of the network in .chain-upgrade.json`,
    );
  const own = user === 'root' ? '/root' : `/home/${user}`;
  const home = given.replace(/^(~|\$HOME|\$\{HOME\})(?=\/|$)/, own);
  if (!/^\/[\w@%+=:,./-]*$/.test(home))
    throw new Refusal(`the home ${given} is no absolute folder: set "home" of the network`);
  return { daemon, user, home };
}

/** cosmovisor's environment and the unit of its service, by name. */
export function serviceFiles(service: Service): Readonly<Record<string, string>> {
  return {
    'cosmovisor.env': render('operators/cosmovisor.env', service),
    [`${service.daemon}.service`]: render('operators/service', service),
  };
}
