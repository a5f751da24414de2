import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  acceptSave,
  changeDraft,
  chooseContested,
  discardEdits,
  type Draft,
  fieldsOf,
  followSaved,
  isContested,
  isDirty,
  openDraft,
} from "./draft.ts";

interface Form {
  discount: string;
  size: string;
  goal: boolean;
}

const saved = { fields: { discount: "10", size: "3", goal: true }, version: 4 };
const theirs = (change: Partial<Form>, version = 5) => ({ fields: { ...saved.fields, ...change }, version });

describe("a form that another person saves meanwhile", () => {
  it("follows it where nothing was edited here, and says nothing", () => {
    const draft = followSaved(openDraft<Form>(saved), theirs({ discount: "15" }));
    expect(fieldsOf(draft)).toEqual({ discount: "15", size: "3", goal: true });
    expect(draft.overtaken).toEqual([]);
  });

  it("keeps edits of other fields, takes theirs in, and tells of it", () => {
    const draft = followSaved(changeDraft(openDraft<Form>(saved), { size: "2" }), theirs({ discount: "15" }));
    expect(fieldsOf(draft)).toEqual({ discount: "15", size: "2", goal: true });
    expect(draft.overtaken).toEqual([{ field: "discount", before: "10", now: "15", contested: false }]);
    expect(isContested(draft)).toBe(false);
  });

  it("asks which of the two is meant where both edited one field", () => {
    const edited = changeDraft(openDraft<Form>(saved), { discount: "12" });
    const draft = followSaved(edited, theirs({ discount: "15" }));
    expect(fieldsOf(draft).discount).toBe("12");
    expect(draft.overtaken).toEqual([{ field: "discount", before: "10", now: "15", contested: true }]);
    expect(isContested(draft)).toBe(true);
    const [mine, their] = (["mine", "theirs"] as const).map((choice) => chooseContested(draft, "discount", choice));
    expect([fieldsOf(mine!).discount, isDirty(mine!), isContested(mine!)]).toEqual(["12", true, false]);
    expect([fieldsOf(their!).discount, isDirty(their!), isContested(their!)]).toEqual(["15", false, false]);
  });

  it("has no contest where both typed the same", () => {
    const draft = followSaved(changeDraft(openDraft<Form>(saved), { discount: "15" }), theirs({ discount: "15" }));
    expect([isDirty(draft), isContested(draft), draft.overtaken]).toEqual([false, false, []]);
  });

  it("shows what was there before the first of two saves by others", () => {
    const once = followSaved(changeDraft(openDraft<Form>(saved), { size: "2" }), theirs({ discount: "15" }));
    const twice = followSaved(once, theirs({ discount: "20" }, 6));
    expect(twice.overtaken).toEqual([{ field: "discount", before: "10", now: "20", contested: false }]);
  });
});

describe("a save", () => {
  it("keeps what was typed while it was under way", () => {
    const sent = changeDraft(openDraft<Form>(saved), { discount: "12", size: "1" });
    const typing = changeDraft(sent, { discount: "12.5" });
    const draft = acceptSave(typing, sent.edits, 5);
    expect(draft.edits).toEqual({ discount: "12.5" });
    expect(draft.saved).toEqual({ fields: { discount: "12", size: "1", goal: true }, version: 5 });
  });

  it("shows the saved text in the server's words once nothing is being edited", () => {
    const sent = changeDraft(openDraft<Form>(saved), { discount: "１２％" });
    const draft = followSaved(acceptSave(sent, sent.edits, 5), theirs({ discount: "12" }));
    expect([fieldsOf(draft).discount, isDirty(draft), draft.overtaken]).toEqual(["12", false, []]);
  });

  it("is not undone by figures that were read before it", () => {
    const sent = changeDraft(openDraft<Form>(saved), { discount: "12" });
    const draft = acceptSave(sent, sent.edits, 5);
    expect(followSaved(draft, saved)).toBe(draft);
  });

  it("is no save of another person's where the server was read before its answer came", () => {
    const sent = changeDraft(openDraft<Form>(saved), { discount: "12" });
    const typing = changeDraft(sent, { discount: "12.5" });
    const draft = acceptSave(followSaved(typing, theirs({ discount: "12" })), sent.edits, 5);
    expect([draft.edits, isContested(draft)]).toEqual([{ discount: "12.5" }, false]);
  });

  it("leaves nothing to save where every edit was taken back by hand or discarded", () => {
    const edited = changeDraft(openDraft<Form>(saved), { discount: "12" });
    expect(isDirty(changeDraft(edited, { discount: "10" }))).toBe(false);
    expect(fieldsOf(discardEdits(edited))).toEqual(saved.fields);
  });
});

/** What each of two people does next: type, save, or read what the server holds. */
const step = fc.record({
  who: fc.nat(1),
  does: fc.constantFrom("type", "save", "read", "answer"),
  field: fc.constantFrom<keyof Form>("discount", "size"),
  text: fc.constantFrom("1", "2", "3"),
});

it("never lets a save change a field that its sender did not edit, nor take away what somebody typed", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      let server = { fields: { discount: "1", size: "1", goal: false } as Form, version: 0 };
      const drafts: Draft<Form>[] = [openDraft(server), openDraft(server)];
      const answers: ({ sent: Partial<Form>; version: number } | null)[] = [null, null];
      for (const { who, does, field, text } of steps) {
        const draft = drafts[who]!;
        if (does === "type") drafts[who] = changeDraft(draft, { [field]: text });
        if (does === "read") drafts[who] = followSaved(draft, server);
        if (does === "save" && answers[who] === null && isDirty(draft) && !isContested(draft)) {
          if (draft.saved.version !== server.version) continue;
          const before = server.fields;
          server = { fields: fieldsOf(draft), version: server.version + 1 };
          answers[who] = { sent: draft.edits, version: server.version };
          for (const name of ["discount", "size", "goal"] as const)
            if (!(name in draft.edits)) expect(server.fields[name]).toBe(before[name]);
        }
        const answer = answers[who] ?? null;
        if (does === "answer" && answer !== null) {
          drafts[who] = acceptSave(draft, answer.sent, answer.version);
          answers[who] = null;
        }
        const typed = does === "type" ? { ...draft.edits, [field]: text } : draft.edits;
        for (const name of Object.keys(typed) as (keyof Form)[]) expect(fieldsOf(drafts[who]!)[name]).toBe(typed[name]);
      }
    }),
  );
});
