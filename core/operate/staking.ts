import { bytesField, intField, messageField, WireMessage } from '../rehearse/abci/wire.ts';
import { isJsonObject } from '../rehearse/checks/check.ts';

/** A validator as x/staking keeps it. */
export interface StakingValidator {
  readonly operator: string;
  readonly moniker: string;
  /** The free text of its description, which its operator signed. */
  readonly details: string;
  /** The key that it signs blocks with. */
  readonly key: { readonly type: string; readonly bytes: Uint8Array };
}

/** A page of them, and the key of the next one, empty for the last. */
export interface StakingPage {
  readonly validators: readonly StakingValidator[];
  readonly next: Uint8Array;
}

/** The gRPC method, which a node answers by RPC too. */
export const validatorsMethod = '/cosmos.staking.v1beta1.Query/Validators';

const bonded = 'BOND_STATUS_BONDED';
const pageSize = 100;

/** QueryValidatorsRequest{status=1, pagination=2{key=1, limit=3}}. */
export function validatorsRequest(key: Uint8Array): Uint8Array {
  const page = messageField(2, bytesField(1, key), intField(3, pageSize));
  const status = bytesField(1, bonded);
  const request = new Uint8Array(status.length + page.length);
  request.set(status);
  request.set(page, status.length);
  return request;
}

/** QueryValidatorsResponse{validators=1, pagination=2{next_key=1}}. */
export function validatorsResponse(answer: Uint8Array): StakingPage {
  const response = new WireMessage(answer);
  const validators = response.messages(1).map(validator => {
    // Validator{operator_address=1, consensus_pubkey=2, description=7}.
    const [any, description] = [validator.message(2), validator.message(7)];
    return {
      operator: validator.text(1),
      moniker: description.text(1),
      details: description.text(5),
      key: { type: any.text(1), bytes: new WireMessage(any.bytes(2)).bytes(1) },
    };
  });
  return { validators, next: response.message(2).bytes(1) };
}

/** The same of a REST address: its path. */
export function validatorsPath(key: string): string {
  const asked = new URLSearchParams({ status: bonded, 'pagination.limit': String(pageSize) });
  if (key !== '') asked.set('pagination.key', key);
  return `/cosmos/staking/v1beta1/validators?${asked.toString()}`;
}

/** And its answer; undefined where it is none. `decode` reads base64. */
export function validatorsJson(
  answer: Readonly<Record<string, unknown>>,
  decode: (base64: string) => Uint8Array,
): { readonly validators: readonly StakingValidator[]; readonly next: string } | undefined {
  const { validators, pagination } = answer;
  if (!Array.isArray(validators)) return undefined;
  const text = (value: unknown) => (typeof value === 'string' ? value : '');
  const part = (value: unknown) => (isJsonObject(value) ? value : {});
  return {
    next: text(part(pagination)['next_key']),
    validators: validators.map(part).map(validator => {
      const [key, description] = [
        part(validator['consensus_pubkey']),
        part(validator['description']),
      ];
      return {
        operator: text(validator['operator_address']),
        moniker: text(description['moniker']),
        details: text(description['details']),
        key: { type: text(key['@type']), bytes: decode(text(key['key'])) },
      };
    }),
  };
}
