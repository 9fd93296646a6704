// Runs around every browser test: a violation of the content security policy makes it fail, whatever else the test looks at.
import { afterEach, expect } from "vitest";
import { takeViolations } from "./browser";

afterEach(() => {
  expect(takeViolations(), "violations of the content security policy").toEqual([]);
});
