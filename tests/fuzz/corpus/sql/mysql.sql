qCREATE TABLE `t` (`id` int NOT NULL AUTO_INCREMENT, KEY k (`id`)) ENGINE=InnoDB; /*!40101 SET a=1 */; DELIMITER $$
create procedure p() begin select 1; end$$
