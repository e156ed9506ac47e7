PRAGMA application_id = 1953854575;
PRAGMA user_version = 1;
BEGIN TRANSACTION;
CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);
INSERT INTO "_sqlite_migrations" VALUES(1,'tutor.memory','log_and_states','2026-11-23 12:48:11.039388+00:00');
CREATE TABLE "amendments" (
   "id" TEXT PRIMARY KEY NOT NULL,
   "review" TEXT NOT NULL REFERENCES "reviews"("id"),
   "tick" INTEGER NOT NULL,
   "at" INTEGER NOT NULL,
   "device" TEXT NOT NULL,
   "rating" INTEGER
);
INSERT INTO "amendments" VALUES('3dc34b5b88a94d22bf3f9508509d08f0','7b383cf7995b4215a32be9ff46291b56',1796558400123,1796558400123,'desk',4);
INSERT INTO "amendments" VALUES('aa42f46f2e424728b1dde19599abe18b','5ad35d619d9d46a3a5cb7c6d69efa870',1796558400123,1796558400123,'desk',NULL);
INSERT INTO "amendments" VALUES('948328f6c02a4df291107fe6626eab15','5ad35d619d9d46a3a5cb7c6d69efa870',1796558400124,1796558400123,'desk',1);
INSERT INTO "amendments" VALUES('17bdc1a2bdba495687302be9a8457e2d','0910adfc8fce4c2cabd1fc0b4ac856b6',1796558400123,1796558400123,'desk',NULL);
CREATE TABLE "bookmarks" (
   "name" TEXT PRIMARY KEY NOT NULL,
   "value" TEXT NOT NULL
);
INSERT INTO "bookmarks" VALUES('place','{"card": "learning-rate", "paragraph": 2}');
CREATE TABLE "reviews" (
   "id" TEXT PRIMARY KEY NOT NULL,
   "question" TEXT NOT NULL,
   "tick" INTEGER NOT NULL,
   "at" INTEGER NOT NULL,
   "offset" INTEGER NOT NULL,
   "day" TEXT NOT NULL,
   "device" TEXT NOT NULL,
   "kind" TEXT NOT NULL,
   "answer" TEXT NOT NULL,
   "correct" INTEGER NOT NULL,
   "hints" INTEGER NOT NULL,
   "confidence" INTEGER,
   "ms" INTEGER NOT NULL,
   "rating" INTEGER NOT NULL
);
INSERT INTO "reviews" VALUES('85bfcd4b1135466990f0c6d20d41748f','narrow-valley',1795435200123,1795435200123,60,'2026-11-23','desk','choice','"jump from wall to wall, oscillating or diverging"',1,0,NULL,4200,3);
INSERT INTO "reviews" VALUES('5ad35d619d9d46a3a5cb7c6d69efa870','line-search',1795435200123,1795435200123,60,'2026-11-23','desk','choice','null',0,0,NULL,4200,1);
INSERT INTO "reviews" VALUES('9b5bfc49ac6f467a9c3dd00f58b448bc','line-search',1795435200124,1795435200123,60,'2026-11-23','desk','choice','"\u03b7"',1,1,NULL,4200,2);
INSERT INTO "reviews" VALUES('146b5af9731f40d9be349a51e2804ac1','narrow-valley',1795608000123,1795608000123,60,'2026-11-25','desk','choice','"jump from wall to wall, oscillating or diverging"',1,0,NULL,4200,3);
INSERT INTO "reviews" VALUES('7b383cf7995b4215a32be9ff46291b56','narrow-valley',1796558400123,1796558400123,60,'2026-12-06','desk','choice','"jump from wall to wall, oscillating or diverging"',1,0,NULL,4200,3);
INSERT INTO "reviews" VALUES('0910adfc8fce4c2cabd1fc0b4ac856b6','warmup',1796558400123,1796558400123,60,'2026-12-06','desk','choice','"slide"',1,0,NULL,4200,3);
CREATE TABLE "states" (
   "question" TEXT PRIMARY KEY NOT NULL,
   "last" TEXT NOT NULL,
   "reps" INTEGER NOT NULL,
   "lapses" INTEGER NOT NULL,
   "stability" REAL NOT NULL,
   "difficulty" REAL NOT NULL,
   "day" TEXT NOT NULL,
   "due" TEXT NOT NULL,
   "rating" INTEGER NOT NULL
);
INSERT INTO "states" VALUES('narrow-valley','7b383cf7995b4215a32be9ff46291b56',3,0,7.71074532619274890512e+01,1.0,'2026-12-06','2027-02-15',4);
INSERT INTO "states" VALUES('line-search','9b5bfc49ac6f467a9c3dd00f58b448bc',2,0,0.212,7.60420976907683776602e+00,'2026-11-23','2026-11-24',2);
CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");
CREATE INDEX "idx_reviews_question_tick_id"
    ON "reviews" ("question", "tick", "id");
CREATE INDEX "idx_amendments_review_tick_id"
    ON "amendments" ("review", "tick", "id");
CREATE TRIGGER reviews_no_update BEFORE UPDATE ON reviews BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
CREATE TRIGGER reviews_no_delete BEFORE DELETE ON reviews BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
CREATE TRIGGER amendments_no_update BEFORE UPDATE ON amendments BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
CREATE TRIGGER amendments_no_delete BEFORE DELETE ON amendments BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
COMMIT;
