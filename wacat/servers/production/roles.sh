#!/bin/sh
# Run once by the database's container, when its volume is new: the database, the role that
# owns it, the role that the application works as and the one that retention works as, which own
# nothing. What the latter two may do is granted by `manage.py grant_runtime`.
set -eu

psql --set ON_ERROR_STOP=1 --username postgres --dbname postgres <<'SQL'
\getenv owner_password OWNER_DATABASE_PASSWORD
\getenv app_password APP_DATABASE_PASSWORD
\getenv maintenance_password MAINTENANCE_DATABASE_PASSWORD
CREATE ROLE wacat_owner LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD :'owner_password';
CREATE ROLE wacat_app LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD :'app_password';
CREATE ROLE wacat_maintenance LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD :'maintenance_password';
CREATE DATABASE wacat OWNER wacat_owner;
\connect wacat
CREATE EXTENSION btree_gist;
CREATE EXTENSION pg_trgm;
SQL
