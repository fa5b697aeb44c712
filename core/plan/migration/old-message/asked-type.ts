/**
 * Reads `HostZone=types.HostZoneKey`: a message and the prefix of its keys, which may be left out;
 * `v1.HostZone` where several packages have one.
 */
export function askedType(text: string):
  | {
      readonly package: string | undefined;
      readonly name: string;
      readonly prefix: string | undefined;
    }
  | { readonly error: string } {
  const [, pkg, name, prefix] =
    /^\s*(?:([\w/]+)\.)?([A-Z]\w*)\s*(?:=\s*(\S+)\s*)?$/.exec(text) ?? [];
  if (name === undefined)
    return {
      error:
        `${JSON.stringify(text)} names no message; write TYPE or TYPE=PREFIX with the prefix of ` +
        'its keys, such as HostZone=types.HostZoneKey or HostZone=0x01',
    };
  return { package: pkg, name, prefix };
}
