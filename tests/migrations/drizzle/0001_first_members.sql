-- Custom SQL migration file, put your code below! --
INSERT INTO `members` (`email`, `name`) VALUES ('ada@example.org', 'Ada; the first'), ('bob@example.org', NULL);--> statement-breakpoint
INSERT INTO `loans` (`item`, `member_id`) SELECT ' ladder', `id` FROM `members`;--> statement-breakpoint
CREATE TRIGGER `loans_trim` AFTER INSERT ON `loans`
BEGIN
	UPDATE `loans` SET `item` = trim(new.`item`) WHERE `id` = new.`id`;
END;
