// The shapes that the apps use must be those that the server describes. The check is made by the compiler (`npm run check`): a name that
// the server does not send makes a type error here.
import { expect, test } from "vitest";
import type * as model from "../../src/api/model.ts";
import type { components } from "../../src/api/schema.gen.ts";
import type { SyncAnswer, SyncRequest } from "../../src/core/sync/protocol.ts";

type Schemas = components["schemas"];
/** The names that we expect and the server does not know; never when all is well. */
type Unknown<Ours, Theirs> = Exclude<keyof Ours, keyof Theirs>;

const unknown: {
  me: Unknown<model.Me, Schemas["Me"]>[];
  meeting: Unknown<model.Meeting, Schemas["MeetingSummary"]>[];
  detail: Unknown<model.MeetingDetail, Schemas["Meeting"]>[];
  item: Unknown<model.AgendaItem, Schemas["AgendaItem"]>[];
  itemPaper: Unknown<model.ItemPaper, Schemas["ItemPaper"]>[];
  paper: Unknown<model.Paper, Schemas["Paper"]>[];
  file: Unknown<model.PaperFile, Schemas["File"]>[];
  version: Unknown<model.FileVersionRef, Schemas["FileVersion"]>[];
  hit: Unknown<model.Hit, Schemas["SearchHit"]>[];
  syncRequest: Unknown<SyncRequest, Schemas["SyncInput"]>[];
  syncOp: Unknown<SyncRequest["ops"][number], Schemas["SyncOp"]>[];
  syncAnswer: Unknown<SyncAnswer, Schemas["SyncAnswer"]>[];
  syncResult: Unknown<SyncAnswer["results"][number], Schemas["SyncOpResult"]>[];
} = { me: [], meeting: [], detail: [], item: [], itemPaper: [], paper: [], file: [], version: [], hit: [], syncRequest: [], syncOp: [], syncAnswer: [], syncResult: [] };

test("every name that the apps use is one that the server sends", () => {
  const none: never[][] = Object.values(unknown);
  expect(none.flat()).toEqual([]);
});
