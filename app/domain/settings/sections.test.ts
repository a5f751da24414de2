import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { allSettings, FORM_SECTIONS, formSettings } from "./sections.ts";

const APP = join(import.meta.dirname, "../..");
/** Where settings are stored, validated, sent, received and drawn. */
const MACHINERY = [
  ...["persistence/settings", "flows/settings", "ui/forms", "ui/pages/settings"].flatMap((folder) =>
    readdirSync(join(APP, folder)).map((file) => join(folder, file)),
  ),
  ...["routes/app.settings.tsx", "views/settings-view.ts"],
].filter((file) => !file.includes(".test."));

/** Files that name a setting because something depends on that one: a permission, a job, a control or a preview. */
const NAMED: Readonly<Record<string, readonly string[]>> = {
  useCustomerHistory: [
    "flows/settings/save-settings.ts",
    "ui/pages/settings/history-control.tsx",
    "ui/pages/settings/settings-page.tsx",
  ],
  paused: ["flows/settings/pause.ts", "ui/pages/settings/publish-card.tsx", "ui/pages/settings/settings-page.tsx"],
};

const booleans = Object.entries({ ...formSettings.description.fields, ...allSettings.description.fields }).flatMap(
  ([name, { kind }]) => (kind === "boolean" ? [name] : []),
);

test.each(booleans)("nothing that stores, validates, sends or draws settings knows %s without a reason", (name) => {
  const pattern = new RegExp(`\\b${name}\\b`);
  const files = MACHINERY.filter((file) => pattern.test(readFileSync(join(APP, file), "utf8")));
  expect(files.filter((file) => !NAMED[name]?.includes(file))).toEqual([]);
});

test("the form saves the sections that its page shows, and no others", () => {
  const shown = Object.values(FORM_SECTIONS).flatMap(({ description }) => Object.keys(description.fields));
  expect(Object.keys(formSettings.description.fields)).toEqual(shown);
});
