-- AlterTable
ALTER TABLE "Loan" ADD COLUMN "times" INTEGER NOT NULL DEFAULT 1;

UPDATE "Loan" SET "times" = "times" + 1 WHERE "memberId" > 1;
