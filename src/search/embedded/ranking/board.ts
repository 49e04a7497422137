/**
 * Arrays by document that one question after the other uses: to make them anew for every question would take longer than
 * most questions. All zeros between questions, but for the lists.
 */
export interface Board {
  readonly scores: Float64Array;
  /** Which words of the query each document has: bit i for the i-th. */
  readonly mask: Uint32Array;
  /** Room for the documents that have a score, and for those that are kept of them. */
  readonly found: Uint32Array;
  readonly kept: Uint32Array;
  /** In how many of some lists each document is; whoever counts leaves zeros behind. */
  readonly counts: Uint8Array;
}

/** Boards, each in the hands of one question at a time. */
export interface Boards {
  readonly take: (slots: number) => Board;
  readonly giveBack: (board: Board) => void;
}

/** Boards that wait for a question; what more were needed at once are thrown away. */
const WAITING = 2;

const makeBoard = (slots: number): Board => ({
  scores: new Float64Array(slots),
  mask: new Uint32Array(slots),
  found: new Uint32Array(slots),
  kept: new Uint32Array(slots),
  counts: new Uint8Array(slots),
});

/** No boards yet. */
export function createBoards(): Boards {
  const waiting: Board[] = [];
  return {
    take(slots) {
      const board = waiting.pop();
      return board !== undefined && board.scores.length >= slots ? board : makeBoard(Math.ceil(slots * 1.1));
    },
    giveBack(board) {
      if (waiting.length === WAITING) return;
      board.scores.fill(0);
      board.mask.fill(0);
      waiting.push(board);
    },
  };
}
