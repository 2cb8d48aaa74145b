-- The user by which Probity scans MariaDB. As an administrator, with the databases that are scanned in place of clinic:
--   mariadb <mariadb.sql && mariadb -e "SET PASSWORD FOR probity@'%' = PASSWORD('…')"
-- It reads tables, who has an account and who may read; it writes nothing. The tables of mysql hold the hashes of passwords: without
-- them scans still find personal data, and say that they do not know who reads it.
CREATE USER IF NOT EXISTS probity@'%' REQUIRE SSL WITH MAX_USER_CONNECTIONS 4;
GRANT REPLICA MONITOR, SHOW DATABASES ON *.* TO probity@'%';
GRANT SELECT, SHOW VIEW ON clinic.* TO probity@'%';
GRANT SELECT ON mysql.user TO probity@'%';
GRANT SELECT ON mysql.global_priv TO probity@'%';
GRANT SELECT ON mysql.roles_mapping TO probity@'%';
GRANT SELECT ON mysql.db TO probity@'%';
GRANT SELECT ON mysql.tables_priv TO probity@'%';
GRANT SELECT ON mysql.columns_priv TO probity@'%';
GRANT SELECT ON mysql.procs_priv TO probity@'%';
GRANT SELECT ON mysql.proc TO probity@'%';
