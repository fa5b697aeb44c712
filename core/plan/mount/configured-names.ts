import { orderFields } from '../../chain/depinject/app-config.ts';

/**
 * The lists of a depinject configuration whose elements name modules or their accounts, as protobuf
 * spells them, with the field of an element that does so; `''` where the elements are names.
 */
export const namingLists: Readonly<Record<string, string>> = {
  ...Object.fromEntries(Object.keys(orderFields).map(field => [field, ''])),
  override_store_keys: 'module_name',
  skip_store_keys: '',
  module_account_permissions: 'account',
  blocked_module_accounts_override: '',
  hooks_order: '',
  restrictions_order: '',
};
