-- Written by hand: data, and what the schema file cannot say.
INSERT INTO "Member" ("email", "name") VALUES ('ada@example.org', 'Ada; the first'), ('bob@example.org', NULL);
INSERT INTO "Loan" ("item", "memberId") SELECT 'ladder', "id" FROM "Member";

CREATE TRIGGER "Loan_item_trim" AFTER INSERT ON "Loan"
BEGIN
    UPDATE "Loan" SET "item" = trim(new."item") WHERE "id" = new."id";
END;
