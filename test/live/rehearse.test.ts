import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Rehearsal } from '../../core/rehearse/result.ts';
import { runningProcesses } from '../../rehearse/process-table.ts';
import { GoChain } from '../go/chain.ts';
import { askedGenerations } from '../support/asked-generations.ts';
import { filesBelow } from '../support/chains.ts';
import { git, History } from '../support/git.ts';
import { projectRoot } from '../support/root.ts';

const plan = 'v3';
const release = 'v2.0.0';
const interrupted = 130;

/** One run of `chain-upgrade rehearse`, which can be watched and stopped. */
class Run {
  stdout = '';
  stderr = '';
  readonly pid: number;
  readonly status: Promise<number | null>;
  private isOver = false;

  constructor(dir: string, env: Readonly<Record<string, string>>, ...more: string[]) {
    const child = spawn(
      process.execPath,
      [
        join(projectRoot, 'dist/bundle/main.js'),
        'rehearse',
        '--dir',
        dir,
        '--yes',
        '--format',
        'json',
        ...more,
      ],
      { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] },
    );
    child.stdout.on('data', (chunk: Buffer) => {
      this.stdout += chunk.toString();
    });
    child.stderr.on('data', (chunk: Buffer) => {
      this.stderr += chunk.toString();
    });
    this.pid = child.pid!;
    this.status = new Promise(done =>
      child.once('close', code => {
        this.isOver = true;
        done(code);
      }),
    );
  }

  /** Waits until it has said something. */
  async says(what: RegExp): Promise<this> {
    while (!what.test(this.stderr)) {
      if (this.isOver) throw new Error(`it ended before it said ${what}:\n${this.stderr}`);
      await sleep(30);
    }
    return this;
  }

  kill(signal: NodeJS.Signals): Promise<number | null> {
    process.kill(this.pid, signal);
    return this.status;
  }

  async passed(): Promise<Rehearsal> {
    const status = await this.status;
    assert.equal(status, 0, this.stderr + this.stdout);
    return JSON.parse(this.stdout) as Rehearsal;
  }
}

// One generation will do: what is started, stopped and cleaned up does not depend on it.
if (askedGenerations().includes('0.50')) {
  describe('rehearsals of a chain on SDK 0.50', function () {
    this.timeout(15 * 60_000);
    this.bail(true);
    const work = mkdtempSync(join(tmpdir(), 'chain-upgrade-rehearsals-'));
    const cache = join(work, 'cache');
    const temporary = join(work, 'tmp');
    const env = { CHAIN_UPGRADE_CACHE: cache, TMPDIR: temporary, GOTOOLCHAIN: 'local' };
    const places = join(cache, 'rehearse/places');
    const kept = join(places, '0/run');
    const chain = new GoChain('0.50');
    let files: Record<string, string>;

    /** The processes that belong to rehearsals here, other than the command itself. */
    const ours = (place = '') =>
      runningProcesses()
        .filter(({ told }) => told.includes(`${places}/${place}`))
        .map(({ pid }) => pid);
    const built = ['--build', `cp ${work}/$(basename "$PWD") "$OUTPUT"`];

    before(() => {
      mkdirSync(temporary);
      const history = new History(chain.dir);
      history.commit(release);
      chain.develop();
      history.commit();
      chain.chainUpgrade('new', plan, '--renamed', 'box=crate', '--yes');
      files = everyFile(chain.dir);
    });
    after(() => {
      for (const pid of ours()) process.kill(pid, 'SIGKILL');
      chain.remove();
      rmSync(work, { recursive: true, force: true, maxRetries: 5 });
    });

    it("take a build, a genesis patch, arguments and a way to propose of one's own, and keep what was asked for", async () => {
      const [patch, propose] = [join(work, 'patch.json'), join(work, 'propose.sh')];
      writeFileSync(
        patch,
        JSON.stringify({ app_state: { gov: { params: { quorum: '0.100000000000000000' } } } }),
      );
      writeFileSync(propose, proposing);
      const run = new Run(
        chain.dir,
        env,
        '--build',
        'go build -ldflags "-s -w" -o "$OUTPUT" ./cmd/tinyd',
        '--genesis-patch',
        patch,
        '--start-args=--log_no_color --trace',
        '--propose',
        `sh ${propose}`,
        '--keep',
        '--from',
        release,
        '--plan',
        plan,
      );
      const { from, compared } = await run.passed();
      assert.deepEqual([from, compared.plan?.applied], [release, compared.plan!.height]);
      assert.match(run.stderr, new RegExp(`^chain-upgrade: note: kept: ${kept}$`, 'm'));
      const genesis = JSON.parse(readFileSync(join(kept, 'home/config/genesis.json'), 'utf8')) as {
        app_state: { gov: { params: { quorum: string; voting_period: string } } };
      };
      assert.deepEqual(
        [
          genesis.app_state.gov.params.quorum,
          /^\d+s$/.test(genesis.app_state.gov.params.voting_period),
        ],
        ['0.100000000000000000', true],
      );
      assert.equal(
        readFileSync(join(kept, 'home/proposed-by'), 'utf8').trim(),
        `${plan} rehearsal_9000-1`,
      );
      assert.ok(
        !readFileSync(join(kept, 'new.log'), 'utf8').includes('\u001b['),
        'the log has colours: --log_no_color did not arrive',
      );
      assert.deepEqual(ours(), []);
      for (const version of ['old', 'new'])
        cpSync(join(kept, version, 'tinyd'), join(work, `${version}-tree`));
    });

    it('end all they started when they are stopped, and are cleaned up after when they are killed; others go on', async () => {
      const stop = async (moment: RegExp, ...more: string[]) => {
        const run = await new Run(chain.dir, env, ...more).says(moment);
        const began = Date.now();
        assert.equal(await run.kill('SIGINT'), interrupted, run.stderr);
        assert.ok(Date.now() - began < 10_000, `${moment} took ${Date.now() - began} ms to stop`);
      };
      const living = new Run(chain.dir, env, ...built);
      await living.says(/ read \(/);
      const killed = await new Run(chain.dir, env, ...built).says(/ start \(/);
      const place = readdirSync(places).find(
        name =>
          existsSync(join(places, name, 'owner')) &&
          readFileSync(join(places, name, 'owner'), 'utf8') === String(killed.pid),
      )!;
      await killed.kill('SIGKILL');
      assert.ok(ours(`${place}/`).length > 0, 'the killed one left nothing to clean up');
      const left = ours(`${place}/`);
      const next = await new Run(chain.dir, env, ...built).says(/ read \(/);
      // What is killed takes a moment to end.
      const remaining = () =>
        runningProcesses()
          .filter(({ pid, told }) => left.includes(pid) && told.includes(places))
          .map(({ told }) => told);
      for (const deadline = Date.now() + 5000; remaining().length > 0 && Date.now() < deadline; )
        await new Promise(done => setTimeout(done, 50));
      assert.deepEqual(remaining(), []);
      await Promise.all([
        living.passed(),
        next.passed(),
        stop(/ read \(/, '--build', 'sleep 600 & wait'),
        stop(/ start \(/, ...built),
        stop(/ halt at height/, ...built),
      ]);
      assert.deepEqual(ours().length, 0);
      assert.deepEqual(
        readdirSync(places)
          .filter(name => name !== '0')
          .flatMap(name => readdirSync(join(places, name))),
        [],
      );
      assert.deepEqual(readdirSync(temporary), []);
      assert.ok(existsSync(join(kept, 'home')), 'what was kept is gone');
    });

    it('write nothing into the repository', () => {
      assert.deepEqual(Object.keys(everyFile(chain.dir)), Object.keys(files));
      assert.deepEqual(everyFile(chain.dir), files);
      assert.equal(git(chain.dir, 'worktree', 'list').split('\n').length, 1);
    });
  });
} else {
  console.log('    not run: rehearsals are tried on SDK 0.50 alone');
}

/** Proposes with the node's own commands, as the help of `--propose` says. */
const proposing = `set -e
send() {
  hash=$("$DAEMON" tx gov "$@" --from validator --chain-id "$CHAIN_ID" --node "$NODE" --home "$NODE_HOME" --keyring-backend test --gas 1000000 --yes --output json | sed 's/.*"txhash":"\\([0-9A-F]*\\)".*/\\1/')
  for i in $(seq 50); do "$DAEMON" query tx "$hash" --node "$NODE" --home "$NODE_HOME" >/dev/null 2>&1 && return 0; sleep 0.2; done
  exit 1
}
cat > "$NODE_HOME/plan.json" <<EOF
{"messages":[{"@type":"/cosmos.upgrade.v1beta1.MsgSoftwareUpgrade","authority":"cosmos10d07y265gmmuvt4z0w9aw880jnsr700j6zn9kn","plan":{"name":"$PLAN_NAME","height":"$PLAN_HEIGHT","info":""}}],
"deposit":"2stake","title":"Upgrade","summary":"Upgrade","metadata":""}
EOF
send submit-proposal "$NODE_HOME/plan.json"
send vote 1 yes
echo "$PLAN_NAME $CHAIN_ID" > "$NODE_HOME/proposed-by"
`;

/** Every file of a repository, git's own with it. */
function everyFile(dir: string): Record<string, string> {
  return Object.fromEntries(
    filesBelow(dir).map(path => [path, readFileSync(join(dir, path), 'latin1')]),
  );
}
