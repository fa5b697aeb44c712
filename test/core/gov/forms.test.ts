import assert from 'node:assert/strict';
import { covers, readCoins } from '../../../core/gov/coins.ts';
import type { Proposal, ProposalForm } from '../../../core/gov/forms.ts';
import {
  defaultForm,
  formFault,
  isFileForm,
  proposalDocument,
  submitArguments,
} from '../../../core/gov/forms.ts';
import { textFault } from '../../../core/gov/limits.ts';
import type { Generation } from '../../../core/sdk/generations.ts';
import { generations } from '../../../core/sdk/generations.ts';

const authority = 'cosmos10d07y265gmmuvt4z0w9aw880jnsr700j6zn9kn';
const plan = { name: 'v2', height: 1234567, info: '{"binaries":{}}' };

function proposal(
  form: ProposalForm,
  generation: Generation | null,
  more: Partial<Proposal> = {},
): Proposal {
  const texts = { title: 'Upgrade to v2', summary: 'What it does.', metadata: 'ipfs://CID' };
  const rest = { deposit: '10000000uatom', expedited: false, authority };
  return { form, generation, plan, ...texts, ...rest, ...more };
}
const cancel = { plan: undefined };

describe('the form of a proposal', () => {
  it('is messages from 0.46 on', () => {
    assert.deepEqual(
      generations.filter(generation => defaultForm(generation) === 'command'),
      ['0.39', '0.42', '0.43', '0.44', '0.45'],
    );
    assert.equal(defaultForm(null), 'v1');
  });
  it('is refused where the SDK does not know it', () => {
    const faults = (form: ProposalForm, expedited = false) =>
      generations.filter(generation => formFault({ form, generation, expedited }) !== undefined);
    assert.deepEqual(faults('v1'), ['0.39', '0.42', '0.43', '0.44', '0.45']);
    assert.deepEqual(faults('legacy'), ['0.50', '0.53', '0.54', '0.55']);
    assert.deepEqual(faults('command'), []);
    assert.deepEqual(faults('ibc'), generations.slice(0, 7));
    assert.deepEqual(faults('v1', true), generations.slice(0, 7));
    assert.deepEqual(faults('command', true), generations);
  });
});

describe('a proposal of messages', () => {
  const message = {
    '@type': '/cosmos.upgrade.v1beta1.MsgSoftwareUpgrade',
    authority,
    plan: { name: 'v2', height: '1234567', info: '{"binaries":{}}' },
  };
  it('has the fields of its SDK', () => {
    const rest = { metadata: 'ipfs://CID', deposit: '10000000uatom' };
    const texts = { title: 'Upgrade to v2', summary: 'What it does.' };
    assert.deepEqual(proposalDocument(proposal('v1', '0.47')), {
      messages: [message],
      ...rest,
      ...texts,
    });
    assert.deepEqual(proposalDocument(proposal('v1', '0.53', { expedited: true })), {
      messages: [message],
      ...rest,
      ...texts,
      expedited: true,
    });
    assert.deepEqual(proposalDocument(proposal('v1', '0.46', { metadata: '' })), {
      messages: [message],
      deposit: '10000000uatom',
      metadata: JSON.stringify(texts),
    });
  });
  it('cancels by a message of its own', () =>
    assert.deepEqual(
      (proposalDocument(proposal('v1', '0.50', cancel)) as { messages: unknown }).messages,
      [{ '@type': '/cosmos.upgrade.v1beta1.MsgCancelUpgrade', authority }],
    ));
  it('carries the state of clients in the message of ibc-go', () => {
    const clientState = { '@type': '/ibc.lightclients.tendermint.v1.ClientState', chain_id: 'a-2' };
    assert.deepEqual(
      (proposalDocument(proposal('ibc', '0.50', { clientState })) as { messages: unknown })
        .messages,
      [
        {
          '@type': '/ibc.core.client.v1.MsgIBCSoftwareUpgrade',
          plan: message.plan,
          upgraded_client_state: clientState,
          signer: authority,
        },
      ],
    );
  });
  it('is submitted as a file', () => {
    for (const generation of ['0.46', '0.47', '0.50', '0.55'] as const)
      assert.deepEqual(submitArguments(proposal('v1', generation), 'p.json'), [
        ...['gov', 'submit-proposal', 'p.json'],
      ]);
  });
});

// As docs/background/sdk.md#proposals has them.
describe('older forms of a proposal', () => {
  const texts = ['--title', 'Upgrade to v2'];
  const deposit = ['--deposit', '10000000uatom'];
  const old = [
    ...['software-upgrade', 'v2', '--upgrade-height', '1234567'],
    ...['--upgrade-info', '{"binaries":{}}', ...texts, '--description', 'What it does.'],
    ...deposit,
  ];
  it('are command lines', () => {
    const line = (generation: Generation, more: Partial<Proposal> = {}) =>
      submitArguments(proposal('command', generation, { metadata: '', ...more }), '');
    assert.deepEqual(line('0.45'), ['gov', 'submit-proposal', ...old]);
    assert.deepEqual(line('0.47'), ['gov', 'submit-legacy-proposal', ...old]);
    assert.deepEqual(line('0.50'), [
      ...['upgrade', 'software-upgrade', 'v2', '--upgrade-height', '1234567'],
      ...['--upgrade-info', '{"binaries":{}}', ...texts, '--summary', 'What it does.', ...deposit],
    ]);
    assert.deepEqual(line('0.39')[5], '1234567');
    assert.deepEqual(line('0.39')[6], '--info');
    const bare = { plan: { ...plan, info: '' } };
    assert.ok(!line('0.45', bare).includes('--no-validate'));
    assert.ok(line('0.46', bare).includes('--no-validate'));
    assert.ok(line('0.50', bare).includes('--no-validate'));
    assert.deepEqual(line('0.45', cancel), [
      ...['gov', 'submit-proposal', 'cancel-software-upgrade', ...texts],
      ...['--description', 'What it does.', ...deposit],
    ]);
    assert.deepEqual(line('0.53', cancel).slice(0, 2), ['upgrade', 'cancel-software-upgrade']);
  });
  it('name who is obeyed, where that is not the gov module', () => {
    const other = `cosmos1${'q'.repeat(38)}`;
    const named = (generation: Generation, address: string, more: Partial<Proposal> = {}) => {
      const asked = proposal('command', generation, { metadata: '', ...more, authority: address });
      const line = submitArguments(asked, '');
      return line.includes('--authority') ? line[line.indexOf('--authority') + 1] : undefined;
    };
    for (const one of [{}, cancel]) assert.equal(named('0.50', other, one), other);
    for (const none of [authority, '']) assert.equal(named('0.50', none), undefined);
    // SDK 0.47 has no such option: the message that wraps the content is the gov module's.
    assert.equal(named('0.47', other), undefined);
  });
  it('are content that messages wrap', () => {
    const content = {
      '@type': '/cosmos.upgrade.v1beta1.SoftwareUpgradeProposal',
      title: 'Upgrade to v2',
      description: 'What it does.',
      plan: { name: 'v2', height: '1234567', info: '{"binaries":{}}' },
    };
    const wrapped = proposalDocument(proposal('legacy', '0.47')) as { messages: unknown };
    assert.deepEqual(wrapped.messages, [
      { '@type': '/cosmos.gov.v1.MsgExecLegacyContent', content, authority },
    ]);
    const coins = [{ denom: 'uatom', amount: '10000000' }];
    assert.deepEqual(proposalDocument(proposal('legacy', '0.45')), {
      '@type': '/cosmos.gov.v1beta1.MsgSubmitProposal',
      content,
      initial_deposit: coins,
      proposer: '',
    });
    const { '@type': _type, ...value } = content;
    assert.deepEqual(proposalDocument(proposal('legacy', '0.39')), {
      type: 'cosmos-sdk/MsgSubmitProposal',
      value: {
        content: { type: 'cosmos-sdk/SoftwareUpgradeProposal', value },
        initial_deposit: coins,
        proposer: '',
      },
    });
    assert.ok(!isFileForm(proposal('legacy', '0.45')));
    assert.ok(isFileForm(proposal('legacy', '0.46')));
  });
});

describe('the texts of a proposal', () => {
  const fault = (form: ProposalForm, generation: Generation, more: Partial<Proposal>) =>
    textFault(proposal(form, generation, { metadata: '', ...more }));
  it('are as long as the SDK takes', () => {
    assert.equal(fault('v1', '0.47', { title: 'a'.repeat(255) }), undefined);
    assert.match(fault('v1', '0.47', { title: 'a'.repeat(256) })!, /title has 256 bytes.*255/);
    assert.match(fault('v1', '0.47', { summary: 'é'.repeat(128) })!, /summary has 256 bytes/);
    assert.equal(fault('v1', '0.50', { summary: 'a'.repeat(10_200) }), undefined);
    assert.match(fault('v1', '0.50', { summary: 'a'.repeat(10_201) })!, /10200/);
    assert.match(fault('v1', '0.50', { metadata: 'a'.repeat(256) })!, /metadata has 256/);
    assert.match(fault('command', '0.45', { title: 'a'.repeat(141) })!, /140/);
    assert.equal(fault('command', '0.45', { summary: 'a'.repeat(10_000) }), undefined);
    assert.match(fault('v1', '0.46', { summary: 'a'.repeat(250) })!, /as metadata/);
  });
  it('are there, and agree with the metadata', () => {
    assert.match(fault('v1', '0.50', { title: ' ' })!, /needs a title/);
    assert.match(fault('v1', '0.50', { summary: '' })!, /needs a summary/);
    assert.match(fault('command', '0.45', { metadata: 'x' })!, /no metadata/);
    const metadata = '{"title":"another"}';
    assert.match(fault('v1', '0.50', { metadata })!, /title in the metadata/);
    assert.equal(fault('v1', '0.47', { metadata }), undefined);
  });
});

describe('coins', () => {
  it('are read as the SDK writes them', () => {
    assert.deepEqual(readCoins('5uatom, 7ibc/AB'), [
      { denom: 'uatom', amount: '5' },
      { denom: 'ibc/AB', amount: '7' },
    ]);
    for (const text of ['', '5', 'uatom', '5.5uatom', '-1uatom'])
      assert.equal(readCoins(text), undefined, text);
  });
  it('cover others in every denomination', () => {
    const [five, both] = [readCoins('5uatom')!, readCoins('5uatom,1stake')!];
    assert.deepEqual([covers(both, five), covers(five, both)], [true, false]);
    assert.ok(covers(readCoins('99999999999999999999uatom')!, five));
  });
});
