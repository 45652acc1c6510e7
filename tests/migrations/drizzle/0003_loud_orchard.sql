ALTER TABLE `loans` ADD `times` integer DEFAULT 1 NOT NULL;--> statement-breakpoint
UPDATE `loans` SET `times` = `times` + 1 WHERE `member_id` > 1;--> statement-breakpoint
CREATE VIEW `open_loans` AS select `item`, `member_id` from `loans` where `times` > 1;
