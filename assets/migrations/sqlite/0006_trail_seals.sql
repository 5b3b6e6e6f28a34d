-- Each row of the trail carries a seal over itself and the row before it, made
-- in the program: the key is never in the database. Rows that are older than
-- this step have none.
alter table audit add column seal blob not null default x'';
