import { Parser } from 'web-tree-sitter';

/**
 * What the runtime makes of the options it is started with: they become its module, with the memory
 * and the two functions through which it is reached.
 */
interface Module {
  wasmBinary: Uint8Array;
  HEAP32?: Int32Array;
  setValue?: (address: number, value: number, type?: string) => void;
  getValue?: (address: number, type?: string) => number;
}

const littleEndian = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1;

/**
 * Starts the parser's wasm runtime. Every step through a tree moves some ten numbers between
 * JavaScript and wasm, one by one, and the runtime finds out anew for each what type it has: more
 * than half of what copying syntax costs. All of them are 32 bits wide, so those are moved
 * directly.
 */
export async function startRuntime(wasmBinary: Uint8Array): Promise<void> {
  const module: Module = { wasmBinary };
  await Parser.init(module);
  const { setValue, getValue } = module;
  if (!module.HEAP32 || !setValue || !getValue || !littleEndian) return;
  // The memory is looked up each time: it is another one after it has grown.
  module.setValue = (address, value, type) => {
    if (type === 'i32') module.HEAP32![address >> 2] = value;
    else setValue(address, value, type);
  };
  module.getValue = (address, type) =>
    type === 'i32' ? module.HEAP32![address >> 2]! : getValue(address, type);
}
