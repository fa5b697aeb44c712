export interface FileEdit {
  readonly file: string;
  readonly before: string;
  readonly after: string;
}
