/*M!999999\- enable the sandbox mode */
-- What a dump and its client hold.
/*!40101 SET @saved_cs_client = @@character_set_client */;
/*!50503 SET character_set_client = utf8mb4 */;
DROP TABLE IF EXISTS `dumped`;
CREATE TABLE `dumped` (
  `id` bigint(20) unsigned NOT NULL AUTO_INCREMENT,
  `email` varchar(190) CHARACTER SET latin1 COLLATE latin1_bin NOT NULL COMMENT 'it''s; a "comment"',
  `role` enum('admin','it''s','a,b;c') NOT NULL DEFAULT 'admin',
  `bits` bit(3) DEFAULT b'101',
  `price` decimal(10,2) unsigned zerofill NOT NULL DEFAULT 0.00,
  `at` timestamp(3) NOT NULL DEFAULT current_timestamp(3) ON UPDATE current_timestamp(3),
  `geo` point NOT NULL,
  `both` varchar(200) GENERATED ALWAYS AS (concat(`email`,';',`role`)) STORED,
  `uuid` char(36) DEFAULT uuid(),
  PRIMARY KEY (`id`),
  UNIQUE KEY `email` (`email`),
  KEY `role_at` (`role`,`at`),
  FULLTEXT KEY `ft` (`both`),
  SPATIAL KEY `sp` (`geo`),
  CONSTRAINT `chk` CHECK (`price` >= 0 and `email` <> 'a)b')
) ENGINE=InnoDB AUTO_INCREMENT=5 DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci COMMENT='x;y' ROW_FORMAT=DYNAMIC;
/*!40101 SET character_set_client = @saved_cs_client */;
LOCK TABLES `dumped` WRITE;
/*!40000 ALTER TABLE `dumped` DISABLE KEYS */;
INSERT INTO `dumped` (`id`, `email`, `geo`) VALUES (1, 'it\'s; ok', point(1, 2)), (2, "double \" quote; x", point(1, 2));
/*!40000 ALTER TABLE `dumped` ENABLE KEYS */;
UNLOCK TABLES;
CREATE ALGORITHM=UNDEFINED DEFINER=`root`@`localhost` SQL SECURITY DEFINER VIEW `dumped_emails` AS SELECT `id`, `email` FROM `dumped` WHERE `email` <> 'CREATE TABLE x (a int);';
DROP VIEW `dumped_emails`;
DELIMITER ;;
/*!50003 CREATE*/ /*!50017 DEFINER=`root`@`localhost`*/ /*!50003 TRIGGER `dumped_lower` BEFORE INSERT ON `dumped` FOR EACH ROW BEGIN
  IF NEW.email = 'x' THEN SET NEW.email = lower(NEW.email); ELSE SET NEW.price = 1; END IF;
END */;;
CREATE DEFINER=`root`@`localhost` PROCEDURE `dumped_fill`(IN a INT)
BEGIN
  DECLARE x INT DEFAULT 0;
  CREATE TEMPORARY TABLE inner_t (a int);
  DROP TEMPORARY TABLE inner_t;
END;;
DELIMITER ;
DO SLEEP(0);
ALTER TABLE `dumped` ADD COLUMN `extra` int NOT NULL DEFAULT 0 AFTER `role`, ADD INDEX `extra_ix` (`extra`), MODIFY `uuid` char(40) NOT NULL, STATS_PERSISTENT=1;
CREATE TABLE `dumped_copy` LIKE `dumped`;
