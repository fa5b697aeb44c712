/**
 * What is asked of a running node by its RPC: no gRPC, so no code of the chain's generation is
 * needed.
 */
export class Rpc {
  private readonly base: string;

  constructor(port: number) {
    this.base = `http://127.0.0.1:${port}`;
  }

  /**
   * The height of the newest block in the block store; 0 where nobody answers. At a halt the app is
   * one behind.
   */
  async height(): Promise<number> {
    const status = await this.get<{ sync_info: { latest_block_height: string } }>('status').catch(
      () => undefined,
    );
    return Number(status?.sync_info.latest_block_height ?? 0);
  }

  /** How a transaction went, once it is in a block. */
  async transaction(
    hash: string,
  ): Promise<{ readonly code: number; readonly log: string } | undefined> {
    const found = await this.get<{ tx_result: { code: number; log?: string } }>(
      `tx?hash=0x${hash}`,
    ).catch(() => undefined);
    return found && { code: found.tx_result.code, log: found.tx_result.log ?? '' };
  }

  /**
   * The raw value under a key of a store; undefined where there is none; throws the node's words
   * where there is no such store. Of the newest state where no height is given.
   */
  async stored(store: string, key: number, height = 0): Promise<Buffer | undefined> {
    return this.query(`/store/${store}/key`, Buffer.of(key), height);
  }

  /** What the node says of a block: `header.app_hash` is that of the state before it. */
  async appHash(height: number): Promise<string> {
    const path = `block?height=${height}`;
    return (await this.get<{ block: { header: { app_hash: string } } }>(path)).block.header
      .app_hash;
  }

  /** The hash of a block. */
  async blockHash(height: number): Promise<string> {
    const path = `block?height=${height}`;
    return (await this.get<{ block_id: { hash: string } }>(path)).block_id.hash;
  }

  /** The events of a block, as text. */
  async events(height: number): Promise<string> {
    return JSON.stringify(await this.get(`block_results?height=${height}`));
  }

  /** The height a plan was applied at; undefined where it was not. */
  async appliedAt(plan: string): Promise<number | undefined> {
    const name = Buffer.from(plan);
    const answer = await this.query(
      '/cosmos.upgrade.v1beta1.Query/AppliedPlan',
      Buffer.from([0x0a, name.length, ...name]),
    );
    if (!answer?.length) return undefined;
    // Field 1, a varint.
    return answer.subarray(1).reduce((sum, byte, i) => sum + (byte & 0x7f) * 2 ** (7 * i), 0);
  }

  private async query(path: string, data: Buffer, height = 0): Promise<Buffer | undefined> {
    const { response } = await this.get<{
      response: { code?: number; log?: string; value?: string | null };
    }>(`abci_query?path="${path}"&data=0x${data.toString('hex')}&height="${height}"`);
    if (response.code) throw new Error(response.log ?? `code ${response.code}`);
    return response.value ? Buffer.from(response.value, 'base64') : undefined;
  }

  private async get<T>(path: string): Promise<T> {
    const answer = await fetch(`${this.base}/${path}`, { signal: AbortSignal.timeout(2000) });
    const { result, error } = (await answer.json()) as {
      result?: T;
      error?: { data?: string; message?: string };
    };
    if (result === undefined)
      throw new Error(error?.data ?? error?.message ?? `${path}: no result`);
    return result;
  }
}
