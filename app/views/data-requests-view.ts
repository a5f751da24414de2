/** One customer's request for their data, as staff see it. Times are ISO texts. */
export interface DataRequestView {
  readonly requestId: string;
  readonly requestedAt: string;
  /** When the file is deleted. */
  readonly keptUntil: string;
  /** When staff handed it on; null where they have not. */
  readonly deliveredAt: string | null;
  readonly orders: number;
  /** What is handed on, as JSON text. */
  readonly file: string;
}

export interface DataRequestsView {
  readonly timezone: string;
  readonly requests: DataRequestView[];
}
