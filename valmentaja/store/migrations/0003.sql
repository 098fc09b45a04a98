-- Version 3: the client list is answered from the indexes alone.

DROP INDEX meeting_by_client;
CREATE INDEX meeting_by_client ON meeting (client_id, date, attended, booked, started, ended);

DROP INDEX assessment_by_client;
CREATE INDEX assessment_by_client ON assessment (client_id, opened, closed);

DROP INDEX plan_by_client;
CREATE INDEX plan_by_client ON plan (client_id, signed, frozen_at, review_due, reviewed);
