-- What devices say about themselves: faults, self tests, restarts. The pages ask for it with each drawing.
CREATE INDEX device_event_about_itself ON device_event (device, arrived_at) WHERE run_id IS NULL;
