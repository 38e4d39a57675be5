/** What a table of any length is told: its columns, and the rows as they are asked for. */

export interface GridColumn {
  readonly id: string;
  readonly title: string;
  readonly align: "left" | "right";
}

export interface GridCell {
  readonly text: string;
  /** What a screen reader is told and a pointer shows in its place, such as why there is no number. */
  readonly title?: string;
}

export interface GridRows {
  readonly count: number;
  cells(index: number): readonly GridCell[];
  /** A row under another one. */
  isInner?(index: number): boolean;
}
