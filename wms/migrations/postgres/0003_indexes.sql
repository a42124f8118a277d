-- What pages and sessions ask for again and again, found without reading whole tables.
CREATE INDEX act_arrived ON act (arrived_at);
CREATE INDEX print_job_open ON print_job (station_id, state);
CREATE INDEX run_of_group ON run (group_id, id);
