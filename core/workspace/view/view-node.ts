import type { Location } from '../../go/source/location.ts';
import type { FindingCounts } from './finding-counts.ts';

/** What a line of the view stands for. */
export type NodeKind =
  | 'app'
  | 'upgrade-pending'
  | 'upgrade-done'
  | 'upgrade-unregistered'
  | 'upgrade'
  | 'store-added'
  | 'store-deleted'
  | 'store-renamed'
  | 'registration'
  | 'baseline'
  | 'unknown'
  | 'modules'
  | 'module'
  | 'module-fixed'
  | 'migration'
  | 'eras'
  | 'era'
  | 'era-switch'
  | 'failed';

/** One line of the view of a chain, as data. */
export interface ViewNode {
  /** The same for the same thing after each reading. */
  readonly id: string;
  readonly kind: NodeKind;
  readonly label: string;
  /** Beside the label, in few words; may be empty. */
  readonly note: string;
  /** All of it in words, for who cannot see icons, and for who points at the line. */
  readonly spoken: string;
  readonly findings?: FindingCounts;
  /** Where it stands in the code. */
  readonly location?: Location;
  /** The folder of the app it belongs to. */
  readonly app?: string;
  /** The plan of a pending upgrade, for a rehearsal. */
  readonly plan?: string;
  /** The folder of a module whose next migration may be written. */
  readonly module?: string;
  /** Whether the lines below are shown at first. */
  readonly open?: boolean;
  /** Lines below it. Made when they are shown; undefined where there never are any. */
  readonly children?: () => readonly ViewNode[];
}
