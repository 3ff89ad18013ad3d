/** What `tubthump working-set-agent` prints: native/core/working_set. Sizes and offsets in bytes. */
export interface WorkingSet {
  readonly imageId: string;
  /** Of the runs of the image's own files. */
  readonly order: 'first touch' | 'address';
  readonly files: readonly TouchedFile[];
  readonly runs: readonly Run[];
}

export interface TouchedFile {
  /** In the image's directory, or an absolute path. */
  readonly name: string;
  readonly inImage: boolean;
  readonly size: number;
  readonly pages: number;
  /** Pages of which a copy has its own. */
  readonly written: number;
  readonly runs: number;
  readonly bytes: number;
}

/** Neighbouring pages of a file of the image, touched one after the other. */
export interface Run {
  readonly file: string;
  readonly offset: number;
  readonly address: number;
  readonly pages: number;
  readonly written: boolean;
}
