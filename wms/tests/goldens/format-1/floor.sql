--
-- PostgreSQL database dump
--


-- Dumped from database version 15.18 (Debian 15.18-0+deb12u1)
-- Dumped by pg_dump version 15.18 (Debian 15.18-0+deb12u1)

SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

--
-- Name: refuse_change(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.refuse_change() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    RAISE EXCEPTION '% is appended to, never changed or deleted', TG_TABLE_NAME;
END $$;


SET default_tablespace = '';

SET default_table_access_method = heap;

--
-- Name: _sqlx_migrations; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public._sqlx_migrations (
    version bigint NOT NULL,
    description text NOT NULL,
    installed_on timestamp with time zone DEFAULT now() NOT NULL,
    success boolean NOT NULL,
    checksum bytea NOT NULL,
    execution_time bigint NOT NULL
);


--
-- Name: account; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.account (
    id bigint NOT NULL,
    login text NOT NULL,
    name text NOT NULL,
    role text NOT NULL,
    group_id bigint,
    password text,
    created_at bigint NOT NULL,
    CONSTRAINT account_role_check CHECK ((role = ANY (ARRAY['student'::text, 'instructor'::text, 'technician'::text])))
);


--
-- Name: act; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.act (
    run_id bigint NOT NULL,
    no bigint NOT NULL,
    source text NOT NULL,
    at bigint NOT NULL,
    arrived_at bigint NOT NULL,
    actor text NOT NULL,
    act text NOT NULL,
    changes text NOT NULL,
    answer text NOT NULL
);


--
-- Name: balance; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.balance (
    run_id bigint NOT NULL,
    location text NOT NULL,
    sku text NOT NULL,
    lot text NOT NULL,
    quantity bigint NOT NULL,
    reserved bigint NOT NULL,
    CONSTRAINT balance_check CHECK (((substr(location, 1, 1) = '@'::text) OR (reserved <= quantity))),
    CONSTRAINT balance_reserved_check CHECK ((reserved >= 0))
);


--
-- Name: device; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.device (
    id text NOT NULL,
    gateway text NOT NULL,
    kind text NOT NULL,
    profile text NOT NULL,
    port text NOT NULL,
    firmware text NOT NULL,
    units bigint NOT NULL,
    state text NOT NULL,
    last_seen bigint NOT NULL,
    station_id bigint
);


--
-- Name: device_event; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.device_event (
    device text NOT NULL,
    boot bigint NOT NULL,
    event bigint NOT NULL,
    at bigint NOT NULL,
    arrived_at bigint NOT NULL,
    body text NOT NULL,
    run_id bigint,
    act_no bigint,
    answer text NOT NULL
);


--
-- Name: movement; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.movement (
    run_id bigint NOT NULL,
    no bigint NOT NULL,
    line bigint NOT NULL,
    sku text NOT NULL,
    lot text NOT NULL,
    from_location text NOT NULL,
    to_location text NOT NULL,
    quantity bigint NOT NULL,
    CONSTRAINT movement_check CHECK ((to_location <> from_location)),
    CONSTRAINT movement_quantity_check CHECK ((quantity > 0))
);


--
-- Name: paper; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.paper (
    run_id bigint NOT NULL,
    number text NOT NULL,
    kind text NOT NULL,
    state text NOT NULL,
    made_at bigint NOT NULL,
    CONSTRAINT paper_state_check CHECK ((state = ANY (ARRAY['draft'::text, 'submitted'::text, 'accepted'::text, 'returned'::text])))
);


--
-- Name: print_job; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.print_job (
    run_id bigint NOT NULL,
    job bigint NOT NULL,
    station_id bigint NOT NULL,
    label text NOT NULL,
    state text NOT NULL,
    CONSTRAINT print_job_state_check CHECK ((state = ANY (ARRAY['queued'::text, 'sent'::text, 'taken'::text, 'waiting'::text, 'printed'::text, 'failed'::text])))
);


--
-- Name: run; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.run (
    id bigint NOT NULL,
    scenario_id text NOT NULL,
    scenario text NOT NULL,
    group_id bigint NOT NULL,
    group_name text NOT NULL,
    station_id bigint NOT NULL,
    day bigint NOT NULL,
    day_run bigint NOT NULL,
    started_at bigint NOT NULL,
    closed_at bigint,
    last_act bigint NOT NULL
);


--
-- Name: session; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.session (
    token_hash bytea NOT NULL,
    account_id bigint NOT NULL,
    created_at bigint NOT NULL,
    expires_at bigint NOT NULL
);


--
-- Name: station; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.station (
    id bigint NOT NULL,
    name text NOT NULL,
    run_id bigint
);


--
-- Name: student_group; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.student_group (
    id bigint NOT NULL,
    name text NOT NULL
);


--
-- Data for Name: _sqlx_migrations; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public._sqlx_migrations (version, description, installed_on, success, checksum, execution_time) FROM stdin;
1	identity	2026-11-26 00:47:20.527586+00	t	\\x79d5ed95e9050ea85f0a2fd46d2166f18d4c5c6a23e51107d7fb3b966c209a1f5bb220a59de0c4a6febbfef72e8d717b	5016180
2	floor	2026-11-26 00:47:20.532997+00	t	\\xd142b3033d874bc1c4b3af98764a5e1e8b43daf4dbad6db085b45704350339cdd697233dcc024f7786ea69eafd31763d	14153973
3	indexes	2026-11-26 00:47:20.54748+00	t	\\x695ecb1975f23269a2c099f7d044b94516d684684f3995c3c275ff37551eac7c670d4668182bb01f23ee200baaf4d6cd	1263814
4	device words	2026-11-26 00:47:20.548911+00	t	\\xa3683ad56a5e839d17eb8e9fd865dc21f973ed9da33848fc7d660a6e097932cdfdd7b0c8a2d11d2ea2d3962e30fde528	617727
\.


--
-- Data for Name: account; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.account (id, login, name, role, group_id, password, created_at) FROM stdin;
1	zhang	张晨	student	1	\N	1795654040550
2	li	李悦	student	1	\N	1795654040550
3	wang	王朗	student	2	\N	1795654040550
4	zhao	赵宁	student	2	\N	1795654040550
5	chen	陈老师	instructor	\N	\N	1795654040550
6	sun	孙技师	technician	\N	\N	1795654040550
\.


--
-- Data for Name: act; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.act (run_id, no, source, at, arrived_at, actor, act, changes, answer) FROM stdin;
1	1	open:1	1795654040923	1795654040925	{"who":"person","id":1,"name":"张晨","role":"student"}	{"do":"open"}	[{"change":"moved","sku":"RY001","lot":"2026-03-02","from":"@opening","to":"A-01-01-01","quantity":6},{"change":"moved","sku":"RY002","lot":"2026-05-11","from":"@opening","to":"A-01-01-02","quantity":12},{"change":"moved","sku":"RY003","lot":"2026-04-20","from":"@opening","to":"A-01-01-03","quantity":20},{"change":"moved","sku":"RY004","lot":"2026-01-15","from":"@opening","to":"A-01-02-01","quantity":8},{"change":"moved","sku":"RY005","lot":"2026-02-08","from":"@opening","to":"A-01-02-02","quantity":9},{"change":"moved","sku":"RY006","lot":"2026-06-01","from":"@opening","to":"A-01-02-03","quantity":5},{"change":"moved","sku":"RY010","lot":"2025-12-01","from":"@opening","to":"A-01-03-01","quantity":14},{"change":"moved","sku":"RY002","lot":"2026-05-11","from":"@opening","to":"S-01-01-01","quantity":200},{"change":"moved","sku":"RY006","lot":"2026-06-01","from":"@opening","to":"S-01-01-02","quantity":144},{"change":"paper_made","number":"RT-20261126-1-0101","kind":"inbound_notice","order":null,"by":"张晨","at":1795654040923}]	{"run":1,"no":1,"words":{"mark":"right","was":{"key":"drill.begun"},"then":{"key":"drill.begun_then"}},"verdict":"right"}
1	2	device:5649525400000101:2823426456:2	1795654040944	1795654040944	{"who":"device","device":"5649525400000101"}	{"do":"scan","code":"CMD-CONFIRM"}	[{"change":"notice_opened"}]	{"run":1,"no":2,"words":{"mark":"right","was":{"key":"receive.opened","with":{"lines":"3"}},"then":{"key":"receive.opened_then"}},"verdict":"right"}
1	3	device:5649525400000101:2823426456:3	1795654040969	1795654040972	{"who":"device","device":"5649525400000101"}	{"do":"scan","code":"6901234567892"}	[]	{"run":1,"no":3,"words":{"mark":"wrong","was":{"key":"scan.unknown","with":{"code":"6901234567892"}},"then":{"key":"scan.unknown_then"}},"verdict":"wrong"}
1	4	device:5649525400000101:2823426456:4	1795654041014	1795654041016	{"who":"device","device":"5649525400000101"}	{"do":"scan","code":"12000152400043"}	[{"change":"counted","line":2,"units":12}]	{"run":1,"no":4,"words":{"mark":"right","was":{"key":"receive.counted","with":{"cases":"3","counted":"1","goods":"RY004 沐浴露 750ml"}},"then":{"key":"receive.go_on"}},"verdict":"right"}
1	5	device:5649525400000101:2823426456:5	1795654041057	1795654041060	{"who":"device","device":"5649525400000101"}	{"do":"scan","code":"12000152400012"}	[{"change":"counted","line":0,"units":6}]	{"run":1,"no":5,"words":{"mark":"right","was":{"key":"receive.counted","with":{"cases":"4","counted":"1","goods":"RY001 洗衣液 2kg"}},"then":{"key":"receive.go_on"}},"verdict":"right"}
1	6	device:5649525400000101:2823426456:6	1795654041099	1795654041102	{"who":"device","device":"5649525400000101"}	{"do":"scan","code":"CMD-BACK"}	[{"change":"counted","line":0,"units":-6}]	{"run":1,"no":6,"words":{"mark":"waiting","was":{"key":"receive.taken_back","with":{"cases":"4","counted":"0","goods":"RY001 洗衣液 2kg"}},"then":{"key":"receive.go_on"}},"verdict":"stored"}
1	7	device:5649525400000101:2823426456:7	1795654041115	1795654041118	{"who":"device","device":"5649525400000101"}	{"do":"scan","code":"12000152400012"}	[{"change":"counted","line":0,"units":6}]	{"run":1,"no":7,"words":{"mark":"right","was":{"key":"receive.counted","with":{"cases":"4","counted":"1","goods":"RY001 洗衣液 2kg"}},"then":{"key":"receive.go_on"}},"verdict":"right"}
1	8	device:5649525400000101:2823426456:8	1795654041154	1795654041157	{"who":"device","device":"5649525400000101"}	{"do":"scan","code":"12000152400012"}	[{"change":"counted","line":0,"units":6}]	{"run":1,"no":8,"words":{"mark":"right","was":{"key":"receive.counted","with":{"cases":"4","counted":"2","goods":"RY001 洗衣液 2kg"}},"then":{"key":"receive.go_on"}},"verdict":"right"}
1	9	device:5649525400000101:2823426456:9	1795654041170	1795654041173	{"who":"device","device":"5649525400000101"}	{"do":"scan","code":"12000152400012"}	[{"change":"counted","line":0,"units":6}]	{"run":1,"no":9,"words":{"mark":"right","was":{"key":"receive.counted","with":{"cases":"4","counted":"3","goods":"RY001 洗衣液 2kg"}},"then":{"key":"receive.go_on"}},"verdict":"right"}
1	10	device:5649525400000101:2823426456:10	1795654041210	1795654041213	{"who":"device","device":"5649525400000101"}	{"do":"scan","code":"12000152400012"}	[{"change":"counted","line":0,"units":6}]	{"run":1,"no":10,"words":{"mark":"right","was":{"key":"receive.counted","with":{"cases":"4","counted":"4","goods":"RY001 洗衣液 2kg"}},"then":{"key":"receive.full"}},"verdict":"right"}
1	11	device:5649525400000101:2823426456:11	1795654041260	1795654041263	{"who":"device","device":"5649525400000101"}	{"do":"scan","code":"CMD-CONFIRM"}	[{"change":"moved","sku":"RY001","lot":"2026-09-08","from":"@supplier","to":"R","quantity":24},{"change":"line_done","line":0,"difference":null}]	{"run":1,"no":11,"words":{"mark":"right","was":{"key":"receive.line_complete","with":{"cases":"4","goods":"RY001 洗衣液 2kg"}},"then":{"key":"receive.next_line","with":{"rest":"2"}}},"verdict":"right"}
1	12	device:5649525400000101:2823426456:12	1795654041298	1795654041301	{"who":"device","device":"5649525400000101"}	{"do":"scan","code":"12000152400036"}	[{"change":"counted","line":1,"units":72}]	{"run":1,"no":12,"words":{"mark":"right","was":{"key":"receive.counted","with":{"cases":"3","counted":"1","goods":"RY003 牙膏 120g"}},"then":{"key":"receive.go_on"}},"verdict":"right"}
1	13	device:5649525400000101:2823426456:13	1795654041313	1795654041315	{"who":"device","device":"5649525400000101"}	{"do":"scan","code":"12000152400036"}	[{"change":"counted","line":1,"units":72}]	{"run":1,"no":13,"words":{"mark":"right","was":{"key":"receive.counted","with":{"cases":"3","counted":"2","goods":"RY003 牙膏 120g"}},"then":{"key":"receive.go_on"}},"verdict":"right"}
1	14	person:1:test-1	1795654041351	1795654041351	{"who":"person","id":1,"name":"张晨","role":"student"}	{"do":"record_short","sku":"RY003","reason":"车上少一箱，司机在场"}	[{"change":"moved","sku":"RY003","lot":"2026-08-21","from":"@supplier","to":"R","quantity":144},{"change":"line_done","line":1,"difference":{"key":"receive.reason_given","with":{"text":"车上少一箱，司机在场"}}},{"change":"noted","what":{"key":"receive.short_recorded","with":{"goods":"RY003 牙膏 120g","missing":"1","reason":{"key":"receive.reason_given","with":{"text":"车上少一箱，司机在场"}}}},"at":1795654041351}]	{"run":1,"no":14,"words":{"mark":"right","was":{"key":"receive.short_recorded","with":{"goods":"RY003 牙膏 120g","missing":"1","reason":{"key":"receive.reason_given","with":{"text":"车上少一箱，司机在场"}}}},"then":{"key":"receive.next_line","with":{"rest":"1"}}},"verdict":"right"}
1	15	device:5649525400000101:2823426456:14	1795654041356	1795654041358	{"who":"device","device":"5649525400000101"}	{"do":"scan","code":"12000152400043"}	[{"change":"counted","line":2,"units":12}]	{"run":1,"no":15,"words":{"mark":"right","was":{"key":"receive.counted","with":{"cases":"3","counted":"2","goods":"RY004 沐浴露 750ml"}},"then":{"key":"receive.go_on"}},"verdict":"right"}
1	16	device:5649525400000101:2823426456:15	1795654041397	1795654041400	{"who":"device","device":"5649525400000101"}	{"do":"scan","code":"12000152400043"}	[{"change":"counted","line":2,"units":12}]	{"run":1,"no":16,"words":{"mark":"right","was":{"key":"receive.counted","with":{"cases":"3","counted":"3","goods":"RY004 沐浴露 750ml"}},"then":{"key":"receive.full"}},"verdict":"right"}
1	17	device:5649525400000101:2823426456:16	1795654041438	1795654041440	{"who":"device","device":"5649525400000101"}	{"do":"scan","code":"12000152400043"}	[]	{"run":1,"no":17,"words":{"mark":"wrong","was":{"key":"receive.over","with":{"cases":"3","goods":"RY004 沐浴露 750ml"}},"then":{"key":"receive.over_then"}},"verdict":"wrong"}
1	20	device:5649525400000101:2823426456:19	1795654041537	1795654041538	{"who":"device","device":"5649525400000101"}	{"do":"scan","code":"S-01-01-01"}	[]	{"run":1,"no":20,"words":{"mark":"wrong","was":{"key":"put_away.wrong_location","with":{"location":"S-01-01-01","should":"S-01-01-03"}},"then":{"key":"put_away.wrong_location_then","with":{"goods":"RY001 洗衣液 2kg","should":"S-01-01-03"}}},"verdict":"wrong"}
1	23	device:5649525400000101:2823426456:22	1795654041600	1795654041601	{"who":"device","device":"5649525400000101"}	{"do":"scan","code":"S-01-01-03"}	[{"change":"aimed","line":0}]	{"run":1,"no":23,"words":{"mark":"right","was":{"key":"put_away.aimed","with":{"goods":"RY001 洗衣液 2kg","location":"S-01-01-03"}},"then":{"key":"put_away.aimed_then","with":{"lpn":"LP-0001-001"}}},"verdict":"right"}
1	28	device:5649525400000101:2823426456:27	1795654041769	1795654041771	{"who":"device","device":"5649525400000101"}	{"do":"scan","code":"12000152400043"}	[{"change":"moved","sku":"RY004","lot":"2026-08-30","from":"R","to":"S-01-02-01","quantity":36},{"change":"put_away","line":2}]	{"run":1,"no":28,"words":{"mark":"right","was":{"key":"put_away.done","with":{"goods":"RY004 沐浴露 750ml","location":"S-01-02-01","quantity":"36 瓶"}},"then":{"key":"put_away.all_done_then"}},"verdict":"right"}
1	43	device:5649525400000102:2520371262:3	1795654042692	1795654042695	{"who":"device","device":"5649525400000102"}	{"do":"printed","job":1001,"outcome":"done"}	[{"change":"label_state","job":1001,"outcome":"done"}]	{"run":1,"no":43,"words":null,"verdict":null}
1	53	device:5649525400000101:2823426456:38	1795654043348	1795654043350	{"who":"device","device":"5649525400000101"}	{"do":"scan","code":"2000152400022"}	[{"change":"checked","order":1,"line":0,"units":1}]	{"run":1,"no":53,"words":{"mark":"right","was":{"key":"check.right","with":{"checked":"3","goods":"RY002 抽纸 3层130抽","picked":"3","unit":"提"}},"then":{"key":"check.rest","with":{"rest":"2"}}},"verdict":"right"}
1	72	person:2:test-3	1795654044678	1795654044678	{"who":"person","id":2,"name":"李悦","role":"student"}	{"do":"sign","number":"RT-20261126-1-0101","as_whom":"picker"}	[]	{"run":1,"no":72,"words":{"mark":"wrong","was":{"key":"signing.not_you","with":{"number":"RT-20261126-1-0101"}}},"verdict":"wrong"}
1	80	person:2:test-11	1795654044704	1795654044704	{"who":"person","id":2,"name":"李悦","role":"student"}	{"do":"sign","number":"RK-20261126-1-0101","as_whom":"owner"}	[]	{"run":1,"no":80,"words":{"mark":"wrong","was":{"key":"signing.not_you","with":{"number":"RK-20261126-1-0101"}}},"verdict":"wrong"}
1	88	person:2:test-19	1795654044736	1795654044736	{"who":"person","id":2,"name":"李悦","role":"student"}	{"do":"sign","number":"CK-20261126-1-0101","as_whom":"driver"}	[]	{"run":1,"no":88,"words":{"mark":"wrong","was":{"key":"signing.not_you","with":{"number":"CK-20261126-1-0101"}}},"verdict":"wrong"}
1	91	person:2:test-22	1795654044746	1795654044746	{"who":"person","id":2,"name":"李悦","role":"student"}	{"do":"sign","number":"CK-20261126-1-0101","as_whom":"maker"}	[{"change":"signed","number":"CK-20261126-1-0101","as_whom":"maker","name":"李悦","at":1795654044746}]	{"run":1,"no":91,"words":{"mark":"right","was":{"key":"signing.done","with":{"name":"李悦","number":"CK-20261126-1-0101"}}},"verdict":"right"}
1	99	person:2:test-30	1795654044791	1795654044791	{"who":"person","id":2,"name":"李悦","role":"student"}	{"do":"sign","number":"CK-20261126-1-0102","as_whom":"student"}	[]	{"run":1,"no":99,"words":{"mark":"wrong","was":{"key":"signing.not_you","with":{"number":"CK-20261126-1-0102"}}},"verdict":"wrong"}
1	107	person:2:test-38	1795654044817	1795654044817	{"who":"person","id":2,"name":"李悦","role":"student"}	{"do":"sign","number":"RZ-20261126-1-0101","as_whom":"supervisor"}	[]	{"run":1,"no":107,"words":{"mark":"wrong","was":{"key":"signing.not_you","with":{"number":"RZ-20261126-1-0101"}}},"verdict":"wrong"}
1	115	person:5:test-3	1795654044846	1795654044846	{"who":"person","id":5,"name":"陈老师","role":"instructor"}	{"do":"judge","number":"RK-20261126-1-0101","accept":true,"remark":""}	[{"change":"paper_moved","number":"RK-20261126-1-0101","state":"accepted","remark":""}]	{"run":1,"no":115,"words":{"mark":"right","was":{"key":"judge.accepted","with":{"number":"RK-20261126-1-0101"}}},"verdict":"right"}
1	123	person:5:test-10	1795654044877	1795654044877	{"who":"person","id":5,"name":"陈老师","role":"instructor"}	{"do":"judge","number":"RZ-20261126-1-0101","accept":true,"remark":""}	[{"change":"paper_moved","number":"RZ-20261126-1-0101","state":"accepted","remark":""}]	{"run":1,"no":123,"words":{"mark":"right","was":{"key":"judge.accepted","with":{"number":"RZ-20261126-1-0101"}}},"verdict":"right"}
1	126	device:5649525400000103:4091873117:11	1795654045043	1795654045045	{"who":"device","device":"5649525400000103"}	{"do":"weight","grams":0,"stable":true}	[]	{"run":1,"no":126,"words":null,"verdict":null}
3	6	device:5649525400000201:2658907574:7	1795654048134	1795654048136	{"who":"device","device":"5649525400000201"}	{"do":"scan","code":"12000152400012"}	[{"change":"counted","line":0,"units":6}]	{"run":3,"no":6,"words":{"mark":"right","was":{"key":"receive.counted","with":{"cases":"4","counted":"4","goods":"RY001 洗衣液 2kg"}},"then":{"key":"receive.full"}},"verdict":"right"}
3	16	device:5649525400000201:2658907574:17	1795654048534	1795654048538	{"who":"device","device":"5649525400000201"}	{"do":"scan","code":"S-01-01-03"}	[{"change":"aimed","line":0}]	{"run":3,"no":16,"words":{"mark":"right","was":{"key":"put_away.aimed","with":{"goods":"RY001 洗衣液 2kg","location":"S-01-01-03"}},"then":{"key":"put_away.aimed_then","with":{"lpn":"LP-0003-001"}}},"verdict":"right"}
3	18	device:5649525400000201:2658907574:19	1795654048616	1795654048619	{"who":"device","device":"5649525400000201"}	{"do":"scan","code":"S-01-01-04"}	[{"change":"aimed","line":1}]	{"run":3,"no":18,"words":{"mark":"right","was":{"key":"put_away.aimed","with":{"goods":"RY003 牙膏 120g","location":"S-01-01-04"}},"then":{"key":"put_away.aimed_then","with":{"lpn":"LP-0003-002"}}},"verdict":"right"}
3	20	device:5649525400000201:2658907574:21	1795654048700	1795654048703	{"who":"device","device":"5649525400000201"}	{"do":"scan","code":"S-01-02-01"}	[{"change":"aimed","line":2}]	{"run":3,"no":20,"words":{"mark":"right","was":{"key":"put_away.aimed","with":{"goods":"RY004 沐浴露 750ml","location":"S-01-02-01"}},"then":{"key":"put_away.aimed_then","with":{"lpn":"LP-0003-003"}}},"verdict":"right"}
1	18	device:5649525400000101:2823426456:17	1795654041480	1795654041481	{"who":"device","device":"5649525400000101"}	{"do":"scan","code":"CMD-CONFIRM"}	[{"change":"moved","sku":"RY004","lot":"2026-08-30","from":"@supplier","to":"R","quantity":36},{"change":"line_done","line":2,"difference":null}]	{"run":1,"no":18,"words":{"mark":"right","was":{"key":"receive.line_complete","with":{"cases":"3","goods":"RY004 沐浴露 750ml"}},"then":{"key":"receive.all_done_then"}},"verdict":"right"}
1	25	device:5649525400000101:2823426456:24	1795654041677	1795654041679	{"who":"device","device":"5649525400000101"}	{"do":"scan","code":"S-01-01-04"}	[{"change":"aimed","line":1}]	{"run":1,"no":25,"words":{"mark":"right","was":{"key":"put_away.aimed","with":{"goods":"RY003 牙膏 120g","location":"S-01-01-04"}},"then":{"key":"put_away.aimed_then","with":{"lpn":"LP-0001-002"}}},"verdict":"right"}
1	50	device:5649525400000101:2823426456:36	1795654043261	1795654043264	{"who":"device","device":"5649525400000101"}	{"do":"scan","code":"2000152400022"}	[{"change":"check_begun","order":1},{"change":"checked","order":1,"line":0,"units":1}]	{"run":1,"no":50,"words":{"mark":"right","was":{"key":"check.right","with":{"checked":"1","goods":"RY002 抽纸 3层130抽","picked":"3","unit":"提"}},"then":{"key":"check.rest","with":{"rest":"4"}}},"verdict":"right"}
1	55	device:5649525400000101:2823426456:40	1795654043406	1795654043409	{"who":"device","device":"5649525400000101"}	{"do":"scan","code":"2000152400107"}	[{"change":"checked","order":1,"line":2,"units":1}]	{"run":1,"no":55,"words":{"mark":"right","was":{"key":"check.right","with":{"checked":"1","goods":"RY010 湿巾 80抽","picked":"1","unit":"包"}},"then":{"key":"check.complete_then","with":{"grams":"3650"}}},"verdict":"right"}
1	62	device:5649525400000103:4091873117:8	1795654044031	1795654044033	{"who":"device","device":"5649525400000103"}	{"do":"weight","grams":0,"stable":false}	[]	{"run":1,"no":62,"words":{"mark":"waiting","was":{"key":"weigh.unstable"},"then":{"key":"weigh.unstable_then"}},"verdict":"stored"}
1	66	device:5649525400000101:2823426456:46	1795654044603	1795654044604	{"who":"device","device":"5649525400000101"}	{"do":"scan","code":"CK-0002"}	[{"change":"moved","sku":"RY002","lot":"2026-05-11","from":"P","to":"@customer","quantity":3},{"change":"moved","sku":"RY006","lot":"2026-06-01","from":"P","to":"@customer","quantity":1},{"change":"moved","sku":"RY010","lot":"2025-12-01","from":"P","to":"@customer","quantity":1},{"change":"handed_over","order":1},{"change":"paper_moved","number":"CK-20261126-1-0102","state":"submitted","remark":""}]	{"run":1,"no":66,"words":{"mark":"right","was":{"key":"ship.right","with":{"courier":"训练速递","order":"CK-0002"}},"then":{"key":"ship.rest","with":{"rest":"1"}}},"verdict":"right"}
1	79	person:2:test-10	1795654044701	1795654044701	{"who":"person","id":2,"name":"李悦","role":"student"}	{"do":"sign","number":"RK-20261126-1-0101","as_whom":"maker"}	[]	{"run":1,"no":79,"words":{"mark":"wrong","was":{"key":"signing.not_you","with":{"number":"RK-20261126-1-0101"}}},"verdict":"wrong"}
1	87	person:2:test-18	1795654044733	1795654044733	{"who":"person","id":2,"name":"李悦","role":"student"}	{"do":"sign","number":"JH-20261126-1-0101","as_whom":"student"}	[]	{"run":1,"no":87,"words":{"mark":"wrong","was":{"key":"signing.not_you","with":{"number":"JH-20261126-1-0101"}}},"verdict":"wrong"}
1	95	person:2:test-26	1795654044768	1795654044770	{"who":"person","id":2,"name":"李悦","role":"student"}	{"do":"sign","number":"CK-20261126-1-0102","as_whom":"supervisor"}	[{"change":"signed","number":"CK-20261126-1-0102","as_whom":"supervisor","name":"李悦","at":1795654044768}]	{"run":1,"no":95,"words":{"mark":"right","was":{"key":"signing.done","with":{"name":"李悦","number":"CK-20261126-1-0102"}}},"verdict":"right"}
1	109	person:2:test-40	1795654044824	1795654044824	{"who":"person","id":2,"name":"李悦","role":"student"}	{"do":"sign","number":"RZ-20261126-1-0101","as_whom":"maker"}	[]	{"run":1,"no":109,"words":{"mark":"wrong","was":{"key":"signing.not_you","with":{"number":"RZ-20261126-1-0101"}}},"verdict":"wrong"}
1	114	person:1:test-3	1795654044842	1795654044842	{"who":"person","id":1,"name":"张晨","role":"student"}	{"do":"hand_in","number":"RK-20261126-1-0101"}	[{"change":"paper_moved","number":"RK-20261126-1-0101","state":"submitted","remark":"少一箱的原因没有写清"}]	{"run":1,"no":114,"words":{"mark":"right","was":{"key":"judge.handed_in_again","with":{"number":"RK-20261126-1-0101"}}},"verdict":"right"}
1	119	person:5:test-7	1795654044859	1795654044859	{"who":"person","id":5,"name":"陈老师","role":"instructor"}	{"do":"judge","number":"CK-20261126-1-0102","accept":true,"remark":""}	[{"change":"paper_moved","number":"CK-20261126-1-0102","state":"accepted","remark":""}]	{"run":1,"no":119,"words":{"mark":"right","was":{"key":"judge.accepted","with":{"number":"CK-20261126-1-0102"}}},"verdict":"right"}
2	2	device:5649525400000101:2823426456:48	1795654047939	1795654047941	{"who":"device","device":"5649525400000101"}	{"do":"scan","code":"CMD-CONFIRM"}	[{"change":"notice_opened"}]	{"run":2,"no":2,"words":{"mark":"right","was":{"key":"receive.opened","with":{"lines":"3"}},"then":{"key":"receive.opened_then"}},"verdict":"right"}
3	5	device:5649525400000201:2658907574:6	1795654048094	1795654048096	{"who":"device","device":"5649525400000201"}	{"do":"scan","code":"12000152400012"}	[{"change":"counted","line":0,"units":6}]	{"run":3,"no":5,"words":{"mark":"right","was":{"key":"receive.counted","with":{"cases":"4","counted":"3","goods":"RY001 洗衣液 2kg"}},"then":{"key":"receive.go_on"}},"verdict":"right"}
1	19	device:5649525400000101:2823426456:18	1795654041492	1795654041494	{"who":"device","device":"5649525400000101"}	{"do":"scan","code":"CMD-CONFIRM"}	[{"change":"label_queued","job":1001,"label":{"kind":"goods","lpn":"LP-0001-001","sku":"RY001","name":"洗衣液 2kg","lot":"2026-09-08","quantity":"24 瓶"}},{"change":"placed","line":0,"lpn":"LP-0001-001","location":"S-01-01-03","reason":{"key":"put_away.nearest_free","with":{"max":"24 瓶"}}},{"change":"label_queued","job":1002,"label":{"kind":"goods","lpn":"LP-0001-002","sku":"RY003","name":"牙膏 120g","lot":"2026-08-21","quantity":"144 支"}},{"change":"placed","line":1,"lpn":"LP-0001-002","location":"S-01-01-04","reason":{"key":"put_away.nearest_free","with":{"max":"24 支"}}},{"change":"label_queued","job":1003,"label":{"kind":"goods","lpn":"LP-0001-003","sku":"RY004","name":"沐浴露 750ml","lot":"2026-08-30","quantity":"36 瓶"}},{"change":"placed","line":2,"lpn":"LP-0001-003","location":"S-01-02-01","reason":{"key":"put_away.nearest_free","with":{"max":"24 瓶"}}}]	{"run":1,"no":19,"words":{"mark":"right","was":{"key":"receive.labels","with":{"count":"3"}},"then":{"key":"receive.labels_then"}},"verdict":"right"}
1	21	device:5649525400000101:2823426456:20	1795654041550	1795654041552	{"who":"device","device":"5649525400000101"}	{"do":"scan","code":"S-01-01-04"}	[{"change":"aimed","line":1}]	{"run":1,"no":21,"words":{"mark":"right","was":{"key":"put_away.aimed","with":{"goods":"RY003 牙膏 120g","location":"S-01-01-04"}},"then":{"key":"put_away.aimed_then","with":{"lpn":"LP-0001-002"}}},"verdict":"right"}
1	24	device:5649525400000101:2823426456:23	1795654041640	1795654041643	{"who":"device","device":"5649525400000101"}	{"do":"scan","code":"12000152400012"}	[{"change":"moved","sku":"RY001","lot":"2026-09-08","from":"R","to":"S-01-01-03","quantity":24},{"change":"put_away","line":0}]	{"run":1,"no":24,"words":{"mark":"right","was":{"key":"put_away.done","with":{"goods":"RY001 洗衣液 2kg","location":"S-01-01-03","quantity":"24 瓶"}},"then":{"key":"put_away.next","with":{"rest":"2"}}},"verdict":"right"}
1	26	device:5649525400000101:2823426456:25	1795654041716	1795654041718	{"who":"device","device":"5649525400000101"}	{"do":"scan","code":"12000152400036"}	[{"change":"moved","sku":"RY003","lot":"2026-08-21","from":"R","to":"S-01-01-04","quantity":144},{"change":"put_away","line":1}]	{"run":1,"no":26,"words":{"mark":"right","was":{"key":"put_away.done","with":{"goods":"RY003 牙膏 120g","location":"S-01-01-04","quantity":"144 支"}},"then":{"key":"put_away.next","with":{"rest":"1"}}},"verdict":"right"}
1	29	device:5649525400000101:2823426456:28	1795654041783	1795654041785	{"who":"device","device":"5649525400000101"}	{"do":"scan","code":"CMD-CONFIRM"}	[{"change":"paper_made","number":"RK-20261126-1-0101","kind":"receipt","order":null,"by":"第一组","at":1795654041783},{"change":"paper_moved","number":"RK-20261126-1-0101","state":"submitted","remark":""},{"change":"signed","number":"RK-20261126-1-0101","as_whom":"receiver","name":"第一组","at":1795654041783},{"change":"paper_moved","number":"RT-20261126-1-0101","state":"submitted","remark":""},{"change":"signed","number":"RT-20261126-1-0101","as_whom":"keeper","name":"第一组","at":1795654041783}]	{"run":1,"no":29,"words":{"mark":"right","was":{"key":"receive.submitted","with":{"number":"RK-20261126-1-0101"}},"then":{"key":"receive.submitted_then"}},"verdict":"right"}
1	31	device:5649525400000100:2319794012:2	1795654041875	1795654041876	{"who":"device","device":"5649525400000100"}	{"do":"key","position":0,"key":"confirm","count":2,"tag":253}	[{"change":"reserved","place":{"location":"A-01-01-01","sku":"RY001","lot":"2026-03-02"},"quantity":-2},{"change":"moved","sku":"RY001","lot":"2026-03-02","from":"A-01-01-01","to":"P","quantity":2},{"change":"picked","tag":253,"quantity":2}]	{"run":1,"no":31,"words":{"mark":"right","was":{"key":"pick.right","with":{"goods":"RY001 洗衣液 2kg","taken":"2","unit":"瓶"}},"then":{"key":"pick.next_light","with":{"rest":"1"}}},"verdict":"right"}
1	33	device:5649525400000100:2319794012:4	1795654041957	1795654041958	{"who":"device","device":"5649525400000100"}	{"do":"key","position":1,"key":"confirm","count":3,"tag":255}	[{"change":"reserved","place":{"location":"A-01-01-02","sku":"RY002","lot":"2026-05-11"},"quantity":-3},{"change":"moved","sku":"RY002","lot":"2026-05-11","from":"A-01-01-02","to":"P","quantity":3},{"change":"picked","tag":255,"quantity":3}]	{"run":1,"no":33,"words":{"mark":"right","was":{"key":"pick.right","with":{"goods":"RY002 抽纸 3层130抽","taken":"3","unit":"提"}},"then":{"key":"pick.next_light","with":{"rest":"2"}}},"verdict":"right"}
1	34	device:5649525400000100:2319794012:5	1795654041957	1795654041963	{"who":"device","device":"5649525400000100"}	{"do":"key","position":20,"key":"confirm","count":null,"tag":0}	[]	{"run":1,"no":34,"words":{"mark":"wrong","was":{"key":"pick.dark","with":{"location":"A-01-03-05"}},"then":{"key":"pick.dark_then","with":{"goods":"RY006 洗洁精 1.1kg","location":"A-01-02-03","quantity":"1 瓶"}}},"verdict":"wrong"}
1	36	device:5649525400000100:2319794012:7	1795654042043	1795654042044	{"who":"device","device":"5649525400000100"}	{"do":"key","position":16,"key":"minus","count":1,"tag":257}	[{"change":"adjusted","tag":257,"count":1}]	{"run":1,"no":36,"words":{"mark":"waiting","was":{"key":"pick.adjusted","with":{"count":"1","goods":"RY010 湿巾 80抽","unit":"包","wanted":"2"}},"then":{"key":"pick.adjusted_then"}},"verdict":"stored"}
1	38	device:5649525400000100:2319794012:9	1795654042130	1795654042132	{"who":"device","device":"5649525400000100"}	{"do":"key","position":2,"key":"confirm","count":4,"tag":258}	[{"change":"reserved","place":{"location":"A-01-01-03","sku":"RY003","lot":"2026-04-20"},"quantity":-4},{"change":"moved","sku":"RY003","lot":"2026-04-20","from":"A-01-01-03","to":"P","quantity":4},{"change":"picked","tag":258,"quantity":4}]	{"run":1,"no":38,"words":{"mark":"right","was":{"key":"pick.right","with":{"goods":"RY003 牙膏 120g","taken":"4","unit":"支"}},"then":{"key":"pick.all_done_then"}},"verdict":"right"}
1	42	device:5649525400000103:4091873117:2	1795654042312	1795654042314	{"who":"device","device":"5649525400000103"}	{"do":"weight","grams":300,"stable":false}	[]	{"run":1,"no":42,"words":{"mark":"waiting","was":{"key":"weigh.unstable"},"then":{"key":"weigh.unstable_then"}},"verdict":"stored"}
1	47	device:5649525400000101:2823426456:35	1795654042795	1795654042797	{"who":"device","device":"5649525400000101"}	{"do":"scan","code":"2000152400039"}	[{"change":"checked","order":0,"line":1,"units":1}]	{"run":1,"no":47,"words":{"mark":"right","was":{"key":"check.right","with":{"checked":"1","goods":"RY003 牙膏 120g","picked":"1","unit":"支"}},"then":{"key":"check.complete_then","with":{"grams":"4630"}}},"verdict":"right"}
1	57	device:5649525400000103:4091873117:7	1795654043931	1795654043935	{"who":"device","device":"5649525400000103"}	{"do":"weight","grams":3650,"stable":true}	[{"change":"weighed","order":1,"grams":3650},{"change":"label_queued","job":1005,"label":{"kind":"parcel","order":"CK-0002","customer":"李**","weight":"3.65 kg","parcel":"1/1"}}]	{"run":1,"no":57,"words":{"mark":"right","was":{"key":"weigh.right","with":{"computed":"3650","grams":"3650","order":"CK-0002"}},"then":{"key":"weigh.next_order"}},"verdict":"right"}
1	22	device:5649525400000101:2823426456:21	1795654041589	1795654041591	{"who":"device","device":"5649525400000101"}	{"do":"scan","code":"CMD-BACK"}	[{"change":"aimed","line":null}]	{"run":1,"no":22,"words":{"mark":"waiting","was":{"key":"put_away.forgotten"},"then":{"key":"put_away.scan_first_then"}},"verdict":"stored"}
1	30	device:5649525400000101:2823426456:29	1795654041824	1795654041826	{"who":"device","device":"5649525400000101"}	{"do":"scan","code":"CMD-CONFIRM"}	[{"change":"reserved","place":{"location":"A-01-01-01","sku":"RY001","lot":"2026-03-02"},"quantity":2},{"change":"reserved","place":{"location":"A-01-01-03","sku":"RY003","lot":"2026-04-20"},"quantity":1},{"change":"reserved","place":{"location":"A-01-01-02","sku":"RY002","lot":"2026-05-11"},"quantity":3},{"change":"reserved","place":{"location":"A-01-02-03","sku":"RY006","lot":"2026-06-01"},"quantity":1},{"change":"reserved","place":{"location":"A-01-03-01","sku":"RY010","lot":"2025-12-01"},"quantity":2},{"change":"reserved","place":{"location":"A-01-01-03","sku":"RY003","lot":"2026-04-20"},"quantity":4},{"change":"wave_released","picks":[[[{"location":"A-01-01-01","position":0,"lot":"2026-03-02","wanted":2,"tag":253,"shown":null,"picked":null}],[{"location":"A-01-01-03","position":2,"lot":"2026-04-20","wanted":1,"tag":254,"shown":null,"picked":null}]],[[{"location":"A-01-01-02","position":1,"lot":"2026-05-11","wanted":3,"tag":255,"shown":null,"picked":null}],[{"location":"A-01-02-03","position":10,"lot":"2026-06-01","wanted":1,"tag":256,"shown":null,"picked":null}],[{"location":"A-01-03-01","position":16,"lot":"2025-12-01","wanted":2,"tag":257,"shown":null,"picked":null}]],[[{"location":"A-01-01-03","position":2,"lot":"2026-04-20","wanted":4,"tag":258,"shown":null,"picked":null}]]]},{"change":"paper_made","number":"JH-20261126-1-0101","kind":"pick_list","order":null,"by":"第一组","at":1795654041824},{"change":"paper_made","number":"CK-20261126-1-0101","kind":"outbound_order","order":0,"by":"第一组","at":1795654041824},{"change":"paper_made","number":"CK-20261126-1-0102","kind":"outbound_order","order":1,"by":"第一组","at":1795654041824},{"change":"paper_made","number":"CK-20261126-1-0103","kind":"outbound_order","order":2,"by":"第一组","at":1795654041824}]	{"run":1,"no":30,"words":{"mark":"right","was":{"key":"pick.released","with":{"orders":"3"}},"then":{"key":"pick.released_then"}},"verdict":"right"}
1	32	device:5649525400000100:2319794012:3	1795654041921	1795654041923	{"who":"device","device":"5649525400000100"}	{"do":"key","position":2,"key":"confirm","count":1,"tag":254}	[{"change":"reserved","place":{"location":"A-01-01-03","sku":"RY003","lot":"2026-04-20"},"quantity":-1},{"change":"moved","sku":"RY003","lot":"2026-04-20","from":"A-01-01-03","to":"P","quantity":1},{"change":"picked","tag":254,"quantity":1}]	{"run":1,"no":32,"words":{"mark":"right","was":{"key":"pick.right","with":{"goods":"RY003 牙膏 120g","taken":"1","unit":"支"}},"then":{"key":"pick.next_order"}},"verdict":"right"}
1	39	device:5649525400000101:2823426456:30	1795654042157	1795654042159	{"who":"device","device":"5649525400000101"}	{"do":"scan","code":"2000152400015"}	[{"change":"check_begun","order":0},{"change":"checked","order":0,"line":0,"units":1}]	{"run":1,"no":39,"words":{"mark":"right","was":{"key":"check.right","with":{"checked":"1","goods":"RY001 洗衣液 2kg","picked":"2","unit":"瓶"}},"then":{"key":"check.rest","with":{"rest":"2"}}},"verdict":"right"}
1	41	device:5649525400000101:2823426456:32	1795654042208	1795654042210	{"who":"device","device":"5649525400000101"}	{"do":"scan","code":"2000152400039"}	[{"change":"checked","order":0,"line":1,"units":1}]	{"run":1,"no":41,"words":{"mark":"right","was":{"key":"check.right","with":{"checked":"1","goods":"RY003 牙膏 120g","picked":"1","unit":"支"}},"then":{"key":"check.complete_then","with":{"grams":"4630"}}},"verdict":"right"}
1	45	device:5649525400000101:2823426456:33	1795654042741	1795654042743	{"who":"device","device":"5649525400000101"}	{"do":"scan","code":"2000152400015"}	[{"change":"checked","order":0,"line":0,"units":1}]	{"run":1,"no":45,"words":{"mark":"right","was":{"key":"check.right","with":{"checked":"1","goods":"RY001 洗衣液 2kg","picked":"2","unit":"瓶"}},"then":{"key":"check.rest","with":{"rest":"2"}}},"verdict":"right"}
1	48	device:5649525400000103:4091873117:4	1795654042818	1795654042820	{"who":"device","device":"5649525400000103"}	{"do":"weight","grams":4630,"stable":false}	[]	{"run":1,"no":48,"words":{"mark":"waiting","was":{"key":"weigh.unstable"},"then":{"key":"weigh.unstable_then"}},"verdict":"stored"}
1	56	device:5649525400000102:2520371262:4	1795654043524	1795654043526	{"who":"device","device":"5649525400000102"}	{"do":"printed","job":1002,"outcome":"done"}	[{"change":"label_state","job":1002,"outcome":"done"}]	{"run":1,"no":56,"words":null,"verdict":null}
1	64	device:5649525400000103:4091873117:9	1795654044538	1795654044540	{"who":"device","device":"5649525400000103"}	{"do":"weight","grams":780,"stable":true}	[{"change":"weighed","order":2,"grams":780},{"change":"label_queued","job":1006,"label":{"kind":"parcel","order":"CK-0003","customer":"周**","weight":"0.78 kg","parcel":"1/1"}}]	{"run":1,"no":64,"words":{"mark":"right","was":{"key":"weigh.right","with":{"computed":"780","grams":"780","order":"CK-0003"}},"then":{"key":"weigh.all_done_then"}},"verdict":"right"}
1	65	device:5649525400000101:2823426456:45	1795654044563	1795654044565	{"who":"device","device":"5649525400000101"}	{"do":"scan","code":"CK-0001"}	[{"change":"moved","sku":"RY001","lot":"2026-03-02","from":"P","to":"@customer","quantity":2},{"change":"moved","sku":"RY003","lot":"2026-04-20","from":"P","to":"@customer","quantity":1},{"change":"handed_over","order":0},{"change":"paper_moved","number":"CK-20261126-1-0101","state":"submitted","remark":""}]	{"run":1,"no":65,"words":{"mark":"right","was":{"key":"ship.right","with":{"courier":"训练速递","order":"CK-0001"}},"then":{"key":"ship.rest","with":{"rest":"2"}}},"verdict":"right"}
1	69	person:1:test-2	1795654044660	1795654044660	{"who":"person","id":1,"name":"张晨","role":"student"}	{"do":"write_log","text":"三行到货，一行短少一箱；一处拣货短少，已记录。"}	[{"change":"paper_made","number":"RZ-20261126-1-0101","kind":"work_log","order":null,"by":"张晨","at":1795654044660},{"change":"log_written","text":"三行到货，一行短少一箱；一处拣货短少，已记录。"},{"change":"signed","number":"RZ-20261126-1-0101","as_whom":"student","name":"张晨","at":1795654044660},{"change":"paper_moved","number":"RZ-20261126-1-0101","state":"submitted","remark":""}]	{"run":1,"no":69,"words":{"mark":"right","was":{"key":"log.written","with":{"number":"RZ-20261126-1-0101"}},"then":{"key":"drill.done_then"}},"verdict":"right"}
1	77	person:2:test-8	1795654044694	1795654044694	{"who":"person","id":2,"name":"李悦","role":"student"}	{"do":"sign","number":"RK-20261126-1-0101","as_whom":"supervisor"}	[{"change":"signed","number":"RK-20261126-1-0101","as_whom":"supervisor","name":"李悦","at":1795654044694}]	{"run":1,"no":77,"words":{"mark":"right","was":{"key":"signing.done","with":{"name":"李悦","number":"RK-20261126-1-0101"}}},"verdict":"right"}
1	85	person:2:test-16	1795654044726	1795654044726	{"who":"person","id":2,"name":"李悦","role":"student"}	{"do":"sign","number":"JH-20261126-1-0101","as_whom":"maker"}	[]	{"run":1,"no":85,"words":{"mark":"wrong","was":{"key":"signing.not_you","with":{"number":"JH-20261126-1-0101"}}},"verdict":"wrong"}
1	93	person:2:test-24	1795654044759	1795654044759	{"who":"person","id":2,"name":"李悦","role":"student"}	{"do":"sign","number":"CK-20261126-1-0101","as_whom":"student"}	[]	{"run":1,"no":93,"words":{"mark":"wrong","was":{"key":"signing.not_you","with":{"number":"CK-20261126-1-0101"}}},"verdict":"wrong"}
1	104	person:2:test-35	1795654044805	1795654044805	{"who":"person","id":2,"name":"李悦","role":"student"}	{"do":"sign","number":"CK-20261126-1-0103","as_whom":"owner"}	[]	{"run":1,"no":104,"words":{"mark":"wrong","was":{"key":"signing.not_you","with":{"number":"CK-20261126-1-0103"}}},"verdict":"wrong"}
1	112	person:5:test-1	1795654044833	1795654044833	{"who":"person","id":5,"name":"陈老师","role":"instructor"}	{"do":"judge","number":"RT-20261126-1-0101","accept":true,"remark":""}	[{"change":"paper_moved","number":"RT-20261126-1-0101","state":"accepted","remark":""}]	{"run":1,"no":112,"words":{"mark":"right","was":{"key":"judge.accepted","with":{"number":"RT-20261126-1-0101"}}},"verdict":"right"}
1	27	device:5649525400000101:2823426456:26	1795654041731	1795654041732	{"who":"device","device":"5649525400000101"}	{"do":"scan","code":"S-01-02-01"}	[{"change":"aimed","line":2}]	{"run":1,"no":27,"words":{"mark":"right","was":{"key":"put_away.aimed","with":{"goods":"RY004 沐浴露 750ml","location":"S-01-02-01"}},"then":{"key":"put_away.aimed_then","with":{"lpn":"LP-0001-003"}}},"verdict":"right"}
1	49	device:5649525400000103:4091873117:5	1795654043223	1795654043226	{"who":"device","device":"5649525400000103"}	{"do":"weight","grams":4630,"stable":true}	[{"change":"weighed","order":0,"grams":4630},{"change":"label_queued","job":1004,"label":{"kind":"parcel","order":"CK-0001","customer":"王**","weight":"4.63 kg","parcel":"1/1"}}]	{"run":1,"no":49,"words":{"mark":"right","was":{"key":"weigh.right","with":{"computed":"4630","grams":"4630","order":"CK-0001"}},"then":{"key":"weigh.next_order"}},"verdict":"right"}
1	52	device:5649525400000103:4091873117:6	1795654043324	1795654043328	{"who":"device","device":"5649525400000103"}	{"do":"weight","grams":0,"stable":false}	[]	{"run":1,"no":52,"words":null,"verdict":null}
1	60	device:5649525400000101:2823426456:43	1795654043983	1795654043986	{"who":"device","device":"5649525400000101"}	{"do":"scan","code":"2000152400039"}	[{"change":"checked","order":2,"line":0,"units":1}]	{"run":1,"no":60,"words":{"mark":"right","was":{"key":"check.right","with":{"checked":"3","goods":"RY003 牙膏 120g","picked":"4","unit":"支"}},"then":{"key":"check.rest","with":{"rest":"1"}}},"verdict":"right"}
1	67	device:5649525400000101:2823426456:47	1795654044619	1795654044622	{"who":"device","device":"5649525400000101"}	{"do":"scan","code":"CK-0003"}	[{"change":"moved","sku":"RY003","lot":"2026-04-20","from":"P","to":"@customer","quantity":4},{"change":"handed_over","order":2},{"change":"paper_moved","number":"CK-20261126-1-0103","state":"submitted","remark":""},{"change":"paper_moved","number":"JH-20261126-1-0101","state":"submitted","remark":""}]	{"run":1,"no":67,"words":{"mark":"right","was":{"key":"ship.right","with":{"courier":"训练速递","order":"CK-0003"}},"then":{"key":"ship.all_done_then"}},"verdict":"right"}
1	73	person:2:test-4	1795654044681	1795654044681	{"who":"person","id":2,"name":"李悦","role":"student"}	{"do":"sign","number":"RT-20261126-1-0101","as_whom":"maker"}	[]	{"run":1,"no":73,"words":{"mark":"wrong","was":{"key":"signing.not_you","with":{"number":"RT-20261126-1-0101"}}},"verdict":"wrong"}
1	81	person:2:test-12	1795654044707	1795654044707	{"who":"person","id":2,"name":"李悦","role":"student"}	{"do":"sign","number":"RK-20261126-1-0101","as_whom":"student"}	[]	{"run":1,"no":81,"words":{"mark":"wrong","was":{"key":"signing.not_you","with":{"number":"RK-20261126-1-0101"}}},"verdict":"wrong"}
1	89	person:2:test-20	1795654044738	1795654044738	{"who":"person","id":2,"name":"李悦","role":"student"}	{"do":"sign","number":"CK-20261126-1-0101","as_whom":"supervisor"}	[{"change":"signed","number":"CK-20261126-1-0101","as_whom":"supervisor","name":"李悦","at":1795654044738}]	{"run":1,"no":89,"words":{"mark":"right","was":{"key":"signing.done","with":{"name":"李悦","number":"CK-20261126-1-0101"}}},"verdict":"right"}
1	97	person:2:test-28	1795654044785	1795654044785	{"who":"person","id":2,"name":"李悦","role":"student"}	{"do":"sign","number":"CK-20261126-1-0102","as_whom":"maker"}	[{"change":"signed","number":"CK-20261126-1-0102","as_whom":"maker","name":"李悦","at":1795654044785}]	{"run":1,"no":97,"words":{"mark":"right","was":{"key":"signing.done","with":{"name":"李悦","number":"CK-20261126-1-0102"}}},"verdict":"right"}
1	108	person:2:test-39	1795654044820	1795654044820	{"who":"person","id":2,"name":"李悦","role":"student"}	{"do":"sign","number":"RZ-20261126-1-0101","as_whom":"picker"}	[]	{"run":1,"no":108,"words":{"mark":"wrong","was":{"key":"signing.not_you","with":{"number":"RZ-20261126-1-0101"}}},"verdict":"wrong"}
1	116	person:5:test-4	1795654044850	1795654044850	{"who":"person","id":5,"name":"陈老师","role":"instructor"}	{"do":"sign","number":"RK-20261126-1-0101","as_whom":"teacher"}	[]	{"run":1,"no":116,"words":{"mark":"wrong","was":{"key":"signing.not_you","with":{"number":"RK-20261126-1-0101"}}},"verdict":"wrong"}
1	124	person:5:test-11	1795654044880	1795654044880	{"who":"person","id":5,"name":"陈老师","role":"instructor"}	{"do":"sign","number":"RZ-20261126-1-0101","as_whom":"teacher"}	[{"change":"signed","number":"RZ-20261126-1-0101","as_whom":"teacher","name":"陈老师","at":1795654044880}]	{"run":1,"no":124,"words":{"mark":"right","was":{"key":"signing.done","with":{"name":"陈老师","number":"RZ-20261126-1-0101"}}},"verdict":"right"}
1	127	device:5649525400000102:2520371262:6	1795654045153	1795654045155	{"who":"device","device":"5649525400000102"}	{"do":"printed","job":1004,"outcome":"done"}	[{"change":"label_state","job":1004,"outcome":"done"}]	{"run":1,"no":127,"words":null,"verdict":null}
1	129	device:5649525400000102:2520371262:8	1795654046777	1795654046779	{"who":"device","device":"5649525400000102"}	{"do":"printed","job":1006,"outcome":"done"}	[{"change":"label_state","job":1006,"outcome":"done"}]	{"run":1,"no":129,"words":null,"verdict":null}
3	1	open:3	1795654047991	1795654047993	{"who":"person","id":3,"name":"王朗","role":"student"}	{"do":"open"}	[{"change":"moved","sku":"RY001","lot":"2026-03-02","from":"@opening","to":"A-01-01-01","quantity":6},{"change":"moved","sku":"RY002","lot":"2026-05-11","from":"@opening","to":"A-01-01-02","quantity":12},{"change":"moved","sku":"RY003","lot":"2026-04-20","from":"@opening","to":"A-01-01-03","quantity":20},{"change":"moved","sku":"RY004","lot":"2026-01-15","from":"@opening","to":"A-01-02-01","quantity":8},{"change":"moved","sku":"RY005","lot":"2026-02-08","from":"@opening","to":"A-01-02-02","quantity":9},{"change":"moved","sku":"RY006","lot":"2026-06-01","from":"@opening","to":"A-01-02-03","quantity":5},{"change":"moved","sku":"RY010","lot":"2025-12-01","from":"@opening","to":"A-01-03-01","quantity":14},{"change":"moved","sku":"RY002","lot":"2026-05-11","from":"@opening","to":"S-01-01-01","quantity":200},{"change":"moved","sku":"RY006","lot":"2026-06-01","from":"@opening","to":"S-01-01-02","quantity":144},{"change":"paper_made","number":"RT-20261126-2-0101","kind":"inbound_notice","order":null,"by":"王朗","at":1795654047991}]	{"run":3,"no":1,"words":{"mark":"right","was":{"key":"drill.begun"},"then":{"key":"drill.begun_then"}},"verdict":"right"}
3	7	device:5649525400000201:2658907574:8	1795654048173	1795654048175	{"who":"device","device":"5649525400000201"}	{"do":"scan","code":"CMD-CONFIRM"}	[{"change":"moved","sku":"RY001","lot":"2026-09-08","from":"@supplier","to":"R","quantity":24},{"change":"line_done","line":0,"difference":null}]	{"run":3,"no":7,"words":{"mark":"right","was":{"key":"receive.line_complete","with":{"cases":"4","goods":"RY001 洗衣液 2kg"}},"then":{"key":"receive.next_line","with":{"rest":"2"}}},"verdict":"right"}
3	9	device:5649525400000201:2658907574:10	1795654048251	1795654048254	{"who":"device","device":"5649525400000201"}	{"do":"scan","code":"12000152400036"}	[{"change":"counted","line":1,"units":72}]	{"run":3,"no":9,"words":{"mark":"right","was":{"key":"receive.counted","with":{"cases":"3","counted":"2","goods":"RY003 牙膏 120g"}},"then":{"key":"receive.go_on"}},"verdict":"right"}
1	35	device:5649525400000100:2319794012:6	1795654042000	1795654042002	{"who":"device","device":"5649525400000100"}	{"do":"key","position":10,"key":"confirm","count":1,"tag":256}	[{"change":"reserved","place":{"location":"A-01-02-03","sku":"RY006","lot":"2026-06-01"},"quantity":-1},{"change":"moved","sku":"RY006","lot":"2026-06-01","from":"A-01-02-03","to":"P","quantity":1},{"change":"picked","tag":256,"quantity":1}]	{"run":1,"no":35,"words":{"mark":"right","was":{"key":"pick.right","with":{"goods":"RY006 洗洁精 1.1kg","taken":"1","unit":"瓶"}},"then":{"key":"pick.next_light","with":{"rest":"1"}}},"verdict":"right"}
1	37	device:5649525400000100:2319794012:8	1795654042089	1795654042091	{"who":"device","device":"5649525400000100"}	{"do":"key","position":16,"key":"confirm","count":1,"tag":257}	[{"change":"reserved","place":{"location":"A-01-03-01","sku":"RY010","lot":"2025-12-01"},"quantity":-2},{"change":"moved","sku":"RY010","lot":"2025-12-01","from":"A-01-03-01","to":"P","quantity":1},{"change":"picked","tag":257,"quantity":1},{"change":"noted","what":{"key":"pick.short","with":{"goods":"RY010 湿巾 80抽","location":"A-01-03-01","order":"CK-0002","taken":"1","unit":"包","wanted":"2"}},"at":1795654042089}]	{"run":1,"no":37,"words":{"mark":"right","was":{"key":"pick.short","with":{"goods":"RY010 湿巾 80抽","location":"A-01-03-01","order":"CK-0002","taken":"1","unit":"包","wanted":"2"}},"then":{"key":"pick.next_order"}},"verdict":"right"}
1	44	device:5649525400000103:4091873117:3	1795654042717	1795654042718	{"who":"device","device":"5649525400000103"}	{"do":"weight","grams":300,"stable":true}	[{"change":"check_reset","order":0}]	{"run":1,"no":44,"words":{"mark":"wrong","was":{"key":"weigh.off","with":{"computed":"4630","difference":"-4330","grams":"300","order":"CK-0001","tolerance":"92"}},"then":{"key":"weigh.off_then"}},"verdict":"wrong"}
1	71	person:2:test-2	1795654044676	1795654044676	{"who":"person","id":2,"name":"李悦","role":"student"}	{"do":"sign","number":"RT-20261126-1-0101","as_whom":"supervisor"}	[]	{"run":1,"no":71,"words":{"mark":"wrong","was":{"key":"signing.not_you","with":{"number":"RT-20261126-1-0101"}}},"verdict":"wrong"}
1	76	person:2:test-7	1795654044689	1795654044689	{"who":"person","id":2,"name":"李悦","role":"student"}	{"do":"sign","number":"RK-20261126-1-0101","as_whom":"driver"}	[{"change":"signed","number":"RK-20261126-1-0101","as_whom":"driver","name":"李悦","at":1795654044689}]	{"run":1,"no":76,"words":{"mark":"right","was":{"key":"signing.done","with":{"name":"李悦","number":"RK-20261126-1-0101"}}},"verdict":"right"}
1	84	person:2:test-15	1795654044719	1795654044719	{"who":"person","id":2,"name":"李悦","role":"student"}	{"do":"sign","number":"JH-20261126-1-0101","as_whom":"picker"}	[{"change":"signed","number":"JH-20261126-1-0101","as_whom":"picker","name":"李悦","at":1795654044719}]	{"run":1,"no":84,"words":{"mark":"right","was":{"key":"signing.done","with":{"name":"李悦","number":"JH-20261126-1-0101"}}},"verdict":"right"}
1	92	person:2:test-23	1795654044755	1795654044755	{"who":"person","id":2,"name":"李悦","role":"student"}	{"do":"sign","number":"CK-20261126-1-0101","as_whom":"owner"}	[]	{"run":1,"no":92,"words":{"mark":"wrong","was":{"key":"signing.not_you","with":{"number":"CK-20261126-1-0101"}}},"verdict":"wrong"}
1	100	person:2:test-31	1795654044794	1795654044794	{"who":"person","id":2,"name":"李悦","role":"student"}	{"do":"sign","number":"CK-20261126-1-0103","as_whom":"driver"}	[]	{"run":1,"no":100,"words":{"mark":"wrong","was":{"key":"signing.not_you","with":{"number":"CK-20261126-1-0103"}}},"verdict":"wrong"}
1	105	person:2:test-36	1795654044810	1795654044810	{"who":"person","id":2,"name":"李悦","role":"student"}	{"do":"sign","number":"CK-20261126-1-0103","as_whom":"student"}	[]	{"run":1,"no":105,"words":{"mark":"wrong","was":{"key":"signing.not_you","with":{"number":"CK-20261126-1-0103"}}},"verdict":"wrong"}
1	110	person:2:test-41	1795654044827	1795654044827	{"who":"person","id":2,"name":"李悦","role":"student"}	{"do":"sign","number":"RZ-20261126-1-0101","as_whom":"owner"}	[]	{"run":1,"no":110,"words":{"mark":"wrong","was":{"key":"signing.not_you","with":{"number":"RZ-20261126-1-0101"}}},"verdict":"wrong"}
1	121	person:5:test-9	1795654044867	1795654044867	{"who":"person","id":5,"name":"陈老师","role":"instructor"}	{"do":"judge","number":"RZ-20261126-1-0101","accept":false,"remark":"少一箱的原因没有写清"}	[{"change":"paper_moved","number":"RZ-20261126-1-0101","state":"returned","remark":"少一箱的原因没有写清"}]	{"run":1,"no":121,"words":{"mark":"right","was":{"key":"judge.returned","with":{"number":"RZ-20261126-1-0101"}}},"verdict":"right"}
2	1	open:2	1795654047929	1795654047931	{"who":"person","id":2,"name":"李悦","role":"student"}	{"do":"open"}	[{"change":"moved","sku":"RY001","lot":"2026-03-02","from":"@opening","to":"A-01-01-01","quantity":6},{"change":"moved","sku":"RY002","lot":"2026-05-11","from":"@opening","to":"A-01-01-02","quantity":12},{"change":"moved","sku":"RY003","lot":"2026-04-20","from":"@opening","to":"A-01-01-03","quantity":20},{"change":"moved","sku":"RY004","lot":"2026-01-15","from":"@opening","to":"A-01-02-01","quantity":8},{"change":"moved","sku":"RY005","lot":"2026-02-08","from":"@opening","to":"A-01-02-02","quantity":9},{"change":"moved","sku":"RY006","lot":"2026-06-01","from":"@opening","to":"A-01-02-03","quantity":5},{"change":"moved","sku":"RY010","lot":"2025-12-01","from":"@opening","to":"A-01-03-01","quantity":14},{"change":"moved","sku":"RY002","lot":"2026-05-11","from":"@opening","to":"S-01-01-01","quantity":200},{"change":"moved","sku":"RY006","lot":"2026-06-01","from":"@opening","to":"S-01-01-02","quantity":144},{"change":"paper_made","number":"RT-20261126-1-0201","kind":"inbound_notice","order":null,"by":"李悦","at":1795654047929}]	{"run":2,"no":1,"words":{"mark":"right","was":{"key":"drill.begun"},"then":{"key":"drill.begun_then"}},"verdict":"right"}
2	3	device:5649525400000101:2823426456:49	1795654047949	1795654047954	{"who":"device","device":"5649525400000101"}	{"do":"scan","code":"12000152400012"}	[{"change":"counted","line":0,"units":6}]	{"run":2,"no":3,"words":{"mark":"right","was":{"key":"receive.counted","with":{"cases":"4","counted":"1","goods":"RY001 洗衣液 2kg"}},"then":{"key":"receive.go_on"}},"verdict":"right"}
3	4	device:5649525400000201:2658907574:5	1795654048085	1795654048086	{"who":"device","device":"5649525400000201"}	{"do":"scan","code":"12000152400012"}	[{"change":"counted","line":0,"units":6}]	{"run":3,"no":4,"words":{"mark":"right","was":{"key":"receive.counted","with":{"cases":"4","counted":"2","goods":"RY001 洗衣液 2kg"}},"then":{"key":"receive.go_on"}},"verdict":"right"}
3	17	device:5649525400000201:2658907574:18	1795654048576	1795654048580	{"who":"device","device":"5649525400000201"}	{"do":"scan","code":"12000152400012"}	[{"change":"moved","sku":"RY001","lot":"2026-09-08","from":"R","to":"S-01-01-03","quantity":24},{"change":"put_away","line":0}]	{"run":3,"no":17,"words":{"mark":"right","was":{"key":"put_away.done","with":{"goods":"RY001 洗衣液 2kg","location":"S-01-01-03","quantity":"24 瓶"}},"then":{"key":"put_away.next","with":{"rest":"2"}}},"verdict":"right"}
1	40	device:5649525400000101:2823426456:31	1795654042168	1795654042170	{"who":"device","device":"5649525400000101"}	{"do":"scan","code":"2000152400015"}	[{"change":"checked","order":0,"line":0,"units":1}]	{"run":1,"no":40,"words":{"mark":"right","was":{"key":"check.right","with":{"checked":"2","goods":"RY001 洗衣液 2kg","picked":"2","unit":"瓶"}},"then":{"key":"check.rest","with":{"rest":"1"}}},"verdict":"right"}
1	46	device:5649525400000101:2823426456:34	1795654042780	1795654042782	{"who":"device","device":"5649525400000101"}	{"do":"scan","code":"2000152400015"}	[{"change":"checked","order":0,"line":0,"units":1}]	{"run":1,"no":46,"words":{"mark":"right","was":{"key":"check.right","with":{"checked":"2","goods":"RY001 洗衣液 2kg","picked":"2","unit":"瓶"}},"then":{"key":"check.rest","with":{"rest":"1"}}},"verdict":"right"}
1	51	device:5649525400000101:2823426456:37	1795654043306	1795654043308	{"who":"device","device":"5649525400000101"}	{"do":"scan","code":"2000152400022"}	[{"change":"checked","order":1,"line":0,"units":1}]	{"run":1,"no":51,"words":{"mark":"right","was":{"key":"check.right","with":{"checked":"2","goods":"RY002 抽纸 3层130抽","picked":"3","unit":"提"}},"then":{"key":"check.rest","with":{"rest":"3"}}},"verdict":"right"}
1	54	device:5649525400000101:2823426456:39	1795654043364	1795654043367	{"who":"device","device":"5649525400000101"}	{"do":"scan","code":"2000152400060"}	[{"change":"checked","order":1,"line":1,"units":1}]	{"run":1,"no":54,"words":{"mark":"right","was":{"key":"check.right","with":{"checked":"1","goods":"RY006 洗洁精 1.1kg","picked":"1","unit":"瓶"}},"then":{"key":"check.rest","with":{"rest":"1"}}},"verdict":"right"}
1	58	device:5649525400000101:2823426456:41	1795654043957	1795654043960	{"who":"device","device":"5649525400000101"}	{"do":"scan","code":"2000152400039"}	[{"change":"check_begun","order":2},{"change":"checked","order":2,"line":0,"units":1}]	{"run":1,"no":58,"words":{"mark":"right","was":{"key":"check.right","with":{"checked":"1","goods":"RY003 牙膏 120g","picked":"4","unit":"支"}},"then":{"key":"check.rest","with":{"rest":"3"}}},"verdict":"right"}
1	61	device:5649525400000101:2823426456:44	1795654044023	1795654044024	{"who":"device","device":"5649525400000101"}	{"do":"scan","code":"2000152400039"}	[{"change":"checked","order":2,"line":0,"units":1}]	{"run":1,"no":61,"words":{"mark":"right","was":{"key":"check.right","with":{"checked":"4","goods":"RY003 牙膏 120g","picked":"4","unit":"支"}},"then":{"key":"check.complete_then","with":{"grams":"780"}}},"verdict":"right"}
1	74	person:2:test-5	1795654044684	1795654044684	{"who":"person","id":2,"name":"李悦","role":"student"}	{"do":"sign","number":"RT-20261126-1-0101","as_whom":"owner"}	[{"change":"signed","number":"RT-20261126-1-0101","as_whom":"owner","name":"李悦","at":1795654044684}]	{"run":1,"no":74,"words":{"mark":"right","was":{"key":"signing.done","with":{"name":"李悦","number":"RT-20261126-1-0101"}}},"verdict":"right"}
1	82	person:2:test-13	1795654044710	1795654044710	{"who":"person","id":2,"name":"李悦","role":"student"}	{"do":"sign","number":"JH-20261126-1-0101","as_whom":"driver"}	[]	{"run":1,"no":82,"words":{"mark":"wrong","was":{"key":"signing.not_you","with":{"number":"JH-20261126-1-0101"}}},"verdict":"wrong"}
1	90	person:2:test-21	1795654044743	1795654044743	{"who":"person","id":2,"name":"李悦","role":"student"}	{"do":"sign","number":"CK-20261126-1-0101","as_whom":"picker"}	[]	{"run":1,"no":90,"words":{"mark":"wrong","was":{"key":"signing.not_you","with":{"number":"CK-20261126-1-0101"}}},"verdict":"wrong"}
1	98	person:2:test-29	1795654044788	1795654044788	{"who":"person","id":2,"name":"李悦","role":"student"}	{"do":"sign","number":"CK-20261126-1-0102","as_whom":"owner"}	[]	{"run":1,"no":98,"words":{"mark":"wrong","was":{"key":"signing.not_you","with":{"number":"CK-20261126-1-0102"}}},"verdict":"wrong"}
1	103	person:2:test-34	1795654044802	1795654044802	{"who":"person","id":2,"name":"李悦","role":"student"}	{"do":"sign","number":"CK-20261126-1-0103","as_whom":"maker"}	[{"change":"signed","number":"CK-20261126-1-0103","as_whom":"maker","name":"李悦","at":1795654044802}]	{"run":1,"no":103,"words":{"mark":"right","was":{"key":"signing.done","with":{"name":"李悦","number":"CK-20261126-1-0103"}}},"verdict":"right"}
1	120	person:5:test-8	1795654044863	1795654044863	{"who":"person","id":5,"name":"陈老师","role":"instructor"}	{"do":"judge","number":"CK-20261126-1-0103","accept":true,"remark":""}	[{"change":"paper_moved","number":"CK-20261126-1-0103","state":"accepted","remark":""}]	{"run":1,"no":120,"words":{"mark":"right","was":{"key":"judge.accepted","with":{"number":"CK-20261126-1-0103"}}},"verdict":"right"}
1	125	person:1:test-5	1795654044917	1795654044917	{"who":"person","id":1,"name":"张晨","role":"student"}	{"do":"reprint","barcode":"LP-0001-001"}	[{"change":"label_queued","job":1007,"label":{"kind":"goods","lpn":"LP-0001-001","sku":"RY001","name":"洗衣液 2kg","lot":"2026-09-08","quantity":"24 瓶"}}]	{"run":1,"no":125,"words":{"mark":"right","was":{"key":"print.again","with":{"code":"LP-0001-001"}},"then":{"key":"now.is","with":{"step":{"key":"step.done"}}}},"verdict":"right"}
1	130	device:5649525400000102:2520371262:9	1795654047592	1795654047594	{"who":"device","device":"5649525400000102"}	{"do":"printed","job":1007,"outcome":"done"}	[{"change":"label_state","job":1007,"outcome":"done"}]	{"run":1,"no":130,"words":null,"verdict":null}
1	59	device:5649525400000101:2823426456:42	1795654043972	1795654043973	{"who":"device","device":"5649525400000101"}	{"do":"scan","code":"2000152400039"}	[{"change":"checked","order":2,"line":0,"units":1}]	{"run":1,"no":59,"words":{"mark":"right","was":{"key":"check.right","with":{"checked":"2","goods":"RY003 牙膏 120g","picked":"4","unit":"支"}},"then":{"key":"check.rest","with":{"rest":"2"}}},"verdict":"right"}
1	70	person:2:test-1	1795654044672	1795654044672	{"who":"person","id":2,"name":"李悦","role":"student"}	{"do":"sign","number":"RT-20261126-1-0101","as_whom":"driver"}	[]	{"run":1,"no":70,"words":{"mark":"wrong","was":{"key":"signing.not_you","with":{"number":"RT-20261126-1-0101"}}},"verdict":"wrong"}
1	78	person:2:test-9	1795654044698	1795654044698	{"who":"person","id":2,"name":"李悦","role":"student"}	{"do":"sign","number":"RK-20261126-1-0101","as_whom":"picker"}	[]	{"run":1,"no":78,"words":{"mark":"wrong","was":{"key":"signing.not_you","with":{"number":"RK-20261126-1-0101"}}},"verdict":"wrong"}
1	86	person:2:test-17	1795654044730	1795654044730	{"who":"person","id":2,"name":"李悦","role":"student"}	{"do":"sign","number":"JH-20261126-1-0101","as_whom":"owner"}	[]	{"run":1,"no":86,"words":{"mark":"wrong","was":{"key":"signing.not_you","with":{"number":"JH-20261126-1-0101"}}},"verdict":"wrong"}
1	94	person:2:test-25	1795654044763	1795654044763	{"who":"person","id":2,"name":"李悦","role":"student"}	{"do":"sign","number":"CK-20261126-1-0102","as_whom":"driver"}	[]	{"run":1,"no":94,"words":{"mark":"wrong","was":{"key":"signing.not_you","with":{"number":"CK-20261126-1-0102"}}},"verdict":"wrong"}
1	102	person:2:test-33	1795654044799	1795654044799	{"who":"person","id":2,"name":"李悦","role":"student"}	{"do":"sign","number":"CK-20261126-1-0103","as_whom":"picker"}	[]	{"run":1,"no":102,"words":{"mark":"wrong","was":{"key":"signing.not_you","with":{"number":"CK-20261126-1-0103"}}},"verdict":"wrong"}
1	113	person:5:test-2	1795654044836	1795654044836	{"who":"person","id":5,"name":"陈老师","role":"instructor"}	{"do":"judge","number":"RK-20261126-1-0101","accept":false,"remark":"少一箱的原因没有写清"}	[{"change":"paper_moved","number":"RK-20261126-1-0101","state":"returned","remark":"少一箱的原因没有写清"}]	{"run":1,"no":113,"words":{"mark":"right","was":{"key":"judge.returned","with":{"number":"RK-20261126-1-0101"}}},"verdict":"right"}
1	118	person:5:test-6	1795654044856	1795654044856	{"who":"person","id":5,"name":"陈老师","role":"instructor"}	{"do":"judge","number":"CK-20261126-1-0101","accept":true,"remark":""}	[{"change":"paper_moved","number":"CK-20261126-1-0101","state":"accepted","remark":""}]	{"run":1,"no":118,"words":{"mark":"right","was":{"key":"judge.accepted","with":{"number":"CK-20261126-1-0101"}}},"verdict":"right"}
3	8	device:5649525400000201:2658907574:9	1795654048213	1795654048215	{"who":"device","device":"5649525400000201"}	{"do":"scan","code":"12000152400036"}	[{"change":"counted","line":1,"units":72}]	{"run":3,"no":8,"words":{"mark":"right","was":{"key":"receive.counted","with":{"cases":"3","counted":"1","goods":"RY003 牙膏 120g"}},"then":{"key":"receive.go_on"}},"verdict":"right"}
3	10	device:5649525400000201:2658907574:11	1795654048291	1795654048294	{"who":"device","device":"5649525400000201"}	{"do":"scan","code":"CMD-SHORT"}	[{"change":"moved","sku":"RY003","lot":"2026-08-21","from":"@supplier","to":"R","quantity":144},{"change":"line_done","line":1,"difference":{"key":"receive.short_reason"}},{"change":"noted","what":{"key":"receive.short_recorded","with":{"goods":"RY003 牙膏 120g","missing":"1","reason":{"key":"receive.short_reason"}}},"at":1795654048291}]	{"run":3,"no":10,"words":{"mark":"right","was":{"key":"receive.short_recorded","with":{"goods":"RY003 牙膏 120g","missing":"1","reason":{"key":"receive.short_reason"}}},"then":{"key":"receive.next_line","with":{"rest":"1"}}},"verdict":"right"}
3	12	device:5649525400000201:2658907574:13	1795654048366	1795654048367	{"who":"device","device":"5649525400000201"}	{"do":"scan","code":"12000152400043"}	[{"change":"counted","line":2,"units":12}]	{"run":3,"no":12,"words":{"mark":"right","was":{"key":"receive.counted","with":{"cases":"3","counted":"2","goods":"RY004 沐浴露 750ml"}},"then":{"key":"receive.go_on"}},"verdict":"right"}
3	14	device:5649525400000201:2658907574:15	1795654048446	1795654048451	{"who":"device","device":"5649525400000201"}	{"do":"scan","code":"CMD-CONFIRM"}	[{"change":"moved","sku":"RY004","lot":"2026-08-30","from":"@supplier","to":"R","quantity":36},{"change":"line_done","line":2,"difference":null}]	{"run":3,"no":14,"words":{"mark":"right","was":{"key":"receive.line_complete","with":{"cases":"3","goods":"RY004 沐浴露 750ml"}},"then":{"key":"receive.all_done_then"}},"verdict":"right"}
3	27	device:5649525400000200:6064199:5	1795654048963	1795654048965	{"who":"device","device":"5649525400000200"}	{"do":"key","position":10,"key":"minus","count":0,"tag":758}	[{"change":"adjusted","tag":758,"count":0}]	{"run":3,"no":27,"words":{"mark":"waiting","was":{"key":"pick.adjusted","with":{"count":"0","goods":"RY006 洗洁精 1.1kg","unit":"瓶","wanted":"1"}},"then":{"key":"pick.adjusted_then"}},"verdict":"stored"}
1	63	device:5649525400000102:2520371262:5	1795654044341	1795654044342	{"who":"device","device":"5649525400000102"}	{"do":"printed","job":1003,"outcome":"done"}	[{"change":"label_state","job":1003,"outcome":"done"}]	{"run":1,"no":63,"words":null,"verdict":null}
1	68	device:5649525400000103:4091873117:10	1795654044639	1795654044641	{"who":"device","device":"5649525400000103"}	{"do":"weight","grams":0,"stable":false}	[]	{"run":1,"no":68,"words":null,"verdict":null}
1	75	person:2:test-6	1795654044686	1795654044686	{"who":"person","id":2,"name":"李悦","role":"student"}	{"do":"sign","number":"RT-20261126-1-0101","as_whom":"student"}	[]	{"run":1,"no":75,"words":{"mark":"wrong","was":{"key":"signing.not_you","with":{"number":"RT-20261126-1-0101"}}},"verdict":"wrong"}
1	83	person:2:test-14	1795654044713	1795654044713	{"who":"person","id":2,"name":"李悦","role":"student"}	{"do":"sign","number":"JH-20261126-1-0101","as_whom":"supervisor"}	[]	{"run":1,"no":83,"words":{"mark":"wrong","was":{"key":"signing.not_you","with":{"number":"JH-20261126-1-0101"}}},"verdict":"wrong"}
1	96	person:2:test-27	1795654044773	1795654044774	{"who":"person","id":2,"name":"李悦","role":"student"}	{"do":"sign","number":"CK-20261126-1-0102","as_whom":"picker"}	[]	{"run":1,"no":96,"words":{"mark":"wrong","was":{"key":"signing.not_you","with":{"number":"CK-20261126-1-0102"}}},"verdict":"wrong"}
1	101	person:2:test-32	1795654044796	1795654044796	{"who":"person","id":2,"name":"李悦","role":"student"}	{"do":"sign","number":"CK-20261126-1-0103","as_whom":"supervisor"}	[{"change":"signed","number":"CK-20261126-1-0103","as_whom":"supervisor","name":"李悦","at":1795654044796}]	{"run":1,"no":101,"words":{"mark":"right","was":{"key":"signing.done","with":{"name":"李悦","number":"CK-20261126-1-0103"}}},"verdict":"right"}
1	106	person:2:test-37	1795654044814	1795654044814	{"who":"person","id":2,"name":"李悦","role":"student"}	{"do":"sign","number":"RZ-20261126-1-0101","as_whom":"driver"}	[]	{"run":1,"no":106,"words":{"mark":"wrong","was":{"key":"signing.not_you","with":{"number":"RZ-20261126-1-0101"}}},"verdict":"wrong"}
1	111	person:2:test-42	1795654044830	1795654044830	{"who":"person","id":2,"name":"李悦","role":"student"}	{"do":"sign","number":"RZ-20261126-1-0101","as_whom":"student"}	[]	{"run":1,"no":111,"words":{"mark":"wrong","was":{"key":"signing.already","with":{"number":"RZ-20261126-1-0101"}}},"verdict":"wrong"}
1	128	device:5649525400000102:2520371262:7	1795654045959	1795654045961	{"who":"device","device":"5649525400000102"}	{"do":"printed","job":1005,"outcome":"done"}	[{"change":"label_state","job":1005,"outcome":"done"}]	{"run":1,"no":128,"words":null,"verdict":null}
3	3	device:5649525400000201:2658907574:4	1795654048041	1795654048044	{"who":"device","device":"5649525400000201"}	{"do":"scan","code":"12000152400012"}	[{"change":"counted","line":0,"units":6}]	{"run":3,"no":3,"words":{"mark":"right","was":{"key":"receive.counted","with":{"cases":"4","counted":"1","goods":"RY001 洗衣液 2kg"}},"then":{"key":"receive.go_on"}},"verdict":"right"}
3	23	device:5649525400000201:2658907574:24	1795654048791	1795654048793	{"who":"device","device":"5649525400000201"}	{"do":"scan","code":"CMD-CONFIRM"}	[{"change":"reserved","place":{"location":"A-01-01-01","sku":"RY001","lot":"2026-03-02"},"quantity":2},{"change":"reserved","place":{"location":"A-01-01-03","sku":"RY003","lot":"2026-04-20"},"quantity":1},{"change":"reserved","place":{"location":"A-01-01-02","sku":"RY002","lot":"2026-05-11"},"quantity":3},{"change":"reserved","place":{"location":"A-01-02-03","sku":"RY006","lot":"2026-06-01"},"quantity":1},{"change":"reserved","place":{"location":"A-01-03-01","sku":"RY010","lot":"2025-12-01"},"quantity":2},{"change":"reserved","place":{"location":"A-01-01-03","sku":"RY003","lot":"2026-04-20"},"quantity":4},{"change":"wave_released","picks":[[[{"location":"A-01-01-01","position":0,"lot":"2026-03-02","wanted":2,"tag":755,"shown":null,"picked":null}],[{"location":"A-01-01-03","position":2,"lot":"2026-04-20","wanted":1,"tag":756,"shown":null,"picked":null}]],[[{"location":"A-01-01-02","position":1,"lot":"2026-05-11","wanted":3,"tag":757,"shown":null,"picked":null}],[{"location":"A-01-02-03","position":10,"lot":"2026-06-01","wanted":1,"tag":758,"shown":null,"picked":null}],[{"location":"A-01-03-01","position":16,"lot":"2025-12-01","wanted":2,"tag":759,"shown":null,"picked":null}]],[[{"location":"A-01-01-03","position":2,"lot":"2026-04-20","wanted":4,"tag":760,"shown":null,"picked":null}]]]},{"change":"paper_made","number":"JH-20261126-2-0101","kind":"pick_list","order":null,"by":"第二组","at":1795654048791},{"change":"paper_made","number":"CK-20261126-2-0101","kind":"outbound_order","order":0,"by":"第二组","at":1795654048791},{"change":"paper_made","number":"CK-20261126-2-0102","kind":"outbound_order","order":1,"by":"第二组","at":1795654048791},{"change":"paper_made","number":"CK-20261126-2-0103","kind":"outbound_order","order":2,"by":"第二组","at":1795654048791}]	{"run":3,"no":23,"words":{"mark":"right","was":{"key":"pick.released","with":{"orders":"3"}},"then":{"key":"pick.released_then"}},"verdict":"right"}
3	25	device:5649525400000200:6064199:3	1795654048886	1795654048888	{"who":"device","device":"5649525400000200"}	{"do":"key","position":2,"key":"confirm","count":1,"tag":756}	[{"change":"reserved","place":{"location":"A-01-01-03","sku":"RY003","lot":"2026-04-20"},"quantity":-1},{"change":"moved","sku":"RY003","lot":"2026-04-20","from":"A-01-01-03","to":"P","quantity":1},{"change":"picked","tag":756,"quantity":1}]	{"run":3,"no":25,"words":{"mark":"right","was":{"key":"pick.right","with":{"goods":"RY003 牙膏 120g","taken":"1","unit":"支"}},"then":{"key":"pick.next_order"}},"verdict":"right"}
1	117	person:5:test-5	1795654044853	1795654044853	{"who":"person","id":5,"name":"陈老师","role":"instructor"}	{"do":"judge","number":"JH-20261126-1-0101","accept":true,"remark":""}	[{"change":"paper_moved","number":"JH-20261126-1-0101","state":"accepted","remark":""}]	{"run":1,"no":117,"words":{"mark":"right","was":{"key":"judge.accepted","with":{"number":"JH-20261126-1-0101"}}},"verdict":"right"}
1	122	person:1:test-4	1795654044874	1795654044874	{"who":"person","id":1,"name":"张晨","role":"student"}	{"do":"write_log","text":"三行到货。\\r\\n牙膏短少一箱，司机在场；RY010 货位少一件。"}	[{"change":"log_written","text":"三行到货。\\r\\n牙膏短少一箱，司机在场；RY010 货位少一件。"},{"change":"paper_moved","number":"RZ-20261126-1-0101","state":"submitted","remark":"少一箱的原因没有写清"}]	{"run":1,"no":122,"words":{"mark":"right","was":{"key":"judge.handed_in_again","with":{"number":"RZ-20261126-1-0101"}}},"verdict":"right"}
1	131	close:1	1795654047925	1795654047925	{"who":"person","id":2,"name":"李悦","role":"student"}	{"do":"close"}	[{"change":"closed"}]	{"run":1,"no":131,"words":null,"verdict":null}
3	2	device:5649525400000201:2658907574:3	1795654048001	1795654048004	{"who":"device","device":"5649525400000201"}	{"do":"scan","code":"CMD-CONFIRM"}	[{"change":"notice_opened"}]	{"run":3,"no":2,"words":{"mark":"right","was":{"key":"receive.opened","with":{"lines":"3"}},"then":{"key":"receive.opened_then"}},"verdict":"right"}
3	22	device:5649525400000201:2658907574:23	1795654048776	1795654048780	{"who":"device","device":"5649525400000201"}	{"do":"scan","code":"CMD-CONFIRM"}	[{"change":"paper_made","number":"RK-20261126-2-0101","kind":"receipt","order":null,"by":"第二组","at":1795654048776},{"change":"paper_moved","number":"RK-20261126-2-0101","state":"submitted","remark":""},{"change":"signed","number":"RK-20261126-2-0101","as_whom":"receiver","name":"第二组","at":1795654048776},{"change":"paper_moved","number":"RT-20261126-2-0101","state":"submitted","remark":""},{"change":"signed","number":"RT-20261126-2-0101","as_whom":"keeper","name":"第二组","at":1795654048776}]	{"run":3,"no":22,"words":{"mark":"right","was":{"key":"receive.submitted","with":{"number":"RK-20261126-2-0101"}},"then":{"key":"receive.submitted_then"}},"verdict":"right"}
3	28	device:5649525400000202:1922685739:3	1795654049684	1795654049686	{"who":"device","device":"5649525400000202"}	{"do":"printed","job":3001,"outcome":"done"}	[{"change":"label_state","job":3001,"outcome":"done"}]	{"run":3,"no":28,"words":null,"verdict":null}
3	11	device:5649525400000201:2658907574:12	1795654048329	1795654048331	{"who":"device","device":"5649525400000201"}	{"do":"scan","code":"12000152400043"}	[{"change":"counted","line":2,"units":12}]	{"run":3,"no":11,"words":{"mark":"right","was":{"key":"receive.counted","with":{"cases":"3","counted":"1","goods":"RY004 沐浴露 750ml"}},"then":{"key":"receive.go_on"}},"verdict":"right"}
3	13	device:5649525400000201:2658907574:14	1795654048410	1795654048412	{"who":"device","device":"5649525400000201"}	{"do":"scan","code":"12000152400043"}	[{"change":"counted","line":2,"units":12}]	{"run":3,"no":13,"words":{"mark":"right","was":{"key":"receive.counted","with":{"cases":"3","counted":"3","goods":"RY004 沐浴露 750ml"}},"then":{"key":"receive.full"}},"verdict":"right"}
3	15	device:5649525400000201:2658907574:16	1795654048490	1795654048493	{"who":"device","device":"5649525400000201"}	{"do":"scan","code":"CMD-CONFIRM"}	[{"change":"label_queued","job":3001,"label":{"kind":"goods","lpn":"LP-0003-001","sku":"RY001","name":"洗衣液 2kg","lot":"2026-09-08","quantity":"24 瓶"}},{"change":"placed","line":0,"lpn":"LP-0003-001","location":"S-01-01-03","reason":{"key":"put_away.nearest_free","with":{"max":"24 瓶"}}},{"change":"label_queued","job":3002,"label":{"kind":"goods","lpn":"LP-0003-002","sku":"RY003","name":"牙膏 120g","lot":"2026-08-21","quantity":"144 支"}},{"change":"placed","line":1,"lpn":"LP-0003-002","location":"S-01-01-04","reason":{"key":"put_away.nearest_free","with":{"max":"24 支"}}},{"change":"label_queued","job":3003,"label":{"kind":"goods","lpn":"LP-0003-003","sku":"RY004","name":"沐浴露 750ml","lot":"2026-08-30","quantity":"36 瓶"}},{"change":"placed","line":2,"lpn":"LP-0003-003","location":"S-01-02-01","reason":{"key":"put_away.nearest_free","with":{"max":"24 瓶"}}}]	{"run":3,"no":15,"words":{"mark":"right","was":{"key":"receive.labels","with":{"count":"3"}},"then":{"key":"receive.labels_then"}},"verdict":"right"}
3	19	device:5649525400000201:2658907574:20	1795654048656	1795654048658	{"who":"device","device":"5649525400000201"}	{"do":"scan","code":"12000152400036"}	[{"change":"moved","sku":"RY003","lot":"2026-08-21","from":"R","to":"S-01-01-04","quantity":144},{"change":"put_away","line":1}]	{"run":3,"no":19,"words":{"mark":"right","was":{"key":"put_away.done","with":{"goods":"RY003 牙膏 120g","location":"S-01-01-04","quantity":"144 支"}},"then":{"key":"put_away.next","with":{"rest":"1"}}},"verdict":"right"}
3	21	device:5649525400000201:2658907574:22	1795654048737	1795654048740	{"who":"device","device":"5649525400000201"}	{"do":"scan","code":"12000152400043"}	[{"change":"moved","sku":"RY004","lot":"2026-08-30","from":"R","to":"S-01-02-01","quantity":36},{"change":"put_away","line":2}]	{"run":3,"no":21,"words":{"mark":"right","was":{"key":"put_away.done","with":{"goods":"RY004 沐浴露 750ml","location":"S-01-02-01","quantity":"36 瓶"}},"then":{"key":"put_away.all_done_then"}},"verdict":"right"}
3	24	device:5649525400000200:6064199:2	1795654048839	1795654048841	{"who":"device","device":"5649525400000200"}	{"do":"key","position":0,"key":"confirm","count":2,"tag":755}	[{"change":"reserved","place":{"location":"A-01-01-01","sku":"RY001","lot":"2026-03-02"},"quantity":-2},{"change":"moved","sku":"RY001","lot":"2026-03-02","from":"A-01-01-01","to":"P","quantity":2},{"change":"picked","tag":755,"quantity":2}]	{"run":3,"no":24,"words":{"mark":"right","was":{"key":"pick.right","with":{"goods":"RY001 洗衣液 2kg","taken":"2","unit":"瓶"}},"then":{"key":"pick.next_light","with":{"rest":"1"}}},"verdict":"right"}
3	26	device:5649525400000200:6064199:4	1795654048927	1795654048928	{"who":"device","device":"5649525400000200"}	{"do":"key","position":1,"key":"confirm","count":3,"tag":757}	[{"change":"reserved","place":{"location":"A-01-01-02","sku":"RY002","lot":"2026-05-11"},"quantity":-3},{"change":"moved","sku":"RY002","lot":"2026-05-11","from":"A-01-01-02","to":"P","quantity":3},{"change":"picked","tag":757,"quantity":3}]	{"run":3,"no":26,"words":{"mark":"right","was":{"key":"pick.right","with":{"goods":"RY002 抽纸 3层130抽","taken":"3","unit":"提"}},"then":{"key":"pick.next_light","with":{"rest":"2"}}},"verdict":"right"}
\.


--
-- Data for Name: balance; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.balance (run_id, location, sku, lot, quantity, reserved) FROM stdin;
1	@opening	RY001	2026-03-02	-6	0
1	@opening	RY002	2026-05-11	-212	0
1	@opening	RY003	2026-04-20	-20	0
1	@opening	RY004	2026-01-15	-8	0
1	@opening	RY005	2026-02-08	-9	0
1	@opening	RY006	2026-06-01	-149	0
1	@opening	RY010	2025-12-01	-14	0
1	A-01-02-01	RY004	2026-01-15	8	0
1	A-01-02-02	RY005	2026-02-08	9	0
1	S-01-01-01	RY002	2026-05-11	200	0
1	S-01-01-02	RY006	2026-06-01	144	0
1	@supplier	RY001	2026-09-08	-24	0
1	@supplier	RY003	2026-08-21	-144	0
1	@supplier	RY004	2026-08-30	-36	0
1	R	RY001	2026-09-08	0	0
1	S-01-01-03	RY001	2026-09-08	24	0
1	R	RY003	2026-08-21	0	0
1	S-01-01-04	RY003	2026-08-21	144	0
1	R	RY004	2026-08-30	0	0
1	S-01-02-01	RY004	2026-08-30	36	0
3	R	RY001	2026-09-08	0	0
3	S-01-01-03	RY001	2026-09-08	24	0
3	R	RY003	2026-08-21	0	0
3	S-01-01-04	RY003	2026-08-21	144	0
3	R	RY004	2026-08-30	0	0
1	A-01-01-01	RY001	2026-03-02	4	0
3	S-01-02-01	RY004	2026-08-30	36	0
1	A-01-01-02	RY002	2026-05-11	9	0
1	A-01-02-03	RY006	2026-06-01	4	0
1	A-01-03-01	RY010	2025-12-01	13	0
1	A-01-01-03	RY003	2026-04-20	15	0
1	@customer	RY001	2026-03-02	2	0
1	P	RY001	2026-03-02	0	0
1	@customer	RY002	2026-05-11	3	0
1	@customer	RY006	2026-06-01	1	0
1	@customer	RY010	2025-12-01	1	0
1	P	RY002	2026-05-11	0	0
1	P	RY006	2026-06-01	0	0
1	P	RY010	2025-12-01	0	0
1	@customer	RY003	2026-04-20	5	0
1	P	RY003	2026-04-20	0	0
2	@opening	RY001	2026-03-02	-6	0
2	@opening	RY002	2026-05-11	-212	0
2	@opening	RY003	2026-04-20	-20	0
2	@opening	RY004	2026-01-15	-8	0
2	@opening	RY005	2026-02-08	-9	0
2	@opening	RY006	2026-06-01	-149	0
2	@opening	RY010	2025-12-01	-14	0
2	A-01-01-01	RY001	2026-03-02	6	0
2	A-01-01-02	RY002	2026-05-11	12	0
2	A-01-01-03	RY003	2026-04-20	20	0
2	A-01-02-01	RY004	2026-01-15	8	0
2	A-01-02-02	RY005	2026-02-08	9	0
2	A-01-02-03	RY006	2026-06-01	5	0
2	A-01-03-01	RY010	2025-12-01	14	0
2	S-01-01-01	RY002	2026-05-11	200	0
2	S-01-01-02	RY006	2026-06-01	144	0
3	@opening	RY001	2026-03-02	-6	0
3	@opening	RY002	2026-05-11	-212	0
3	@opening	RY003	2026-04-20	-20	0
3	@opening	RY004	2026-01-15	-8	0
3	@opening	RY005	2026-02-08	-9	0
3	@opening	RY006	2026-06-01	-149	0
3	@opening	RY010	2025-12-01	-14	0
3	A-01-02-01	RY004	2026-01-15	8	0
3	A-01-02-02	RY005	2026-02-08	9	0
3	S-01-01-01	RY002	2026-05-11	200	0
3	S-01-01-02	RY006	2026-06-01	144	0
3	@supplier	RY001	2026-09-08	-24	0
3	@supplier	RY003	2026-08-21	-144	0
3	@supplier	RY004	2026-08-30	-36	0
3	A-01-02-03	RY006	2026-06-01	5	1
3	A-01-03-01	RY010	2025-12-01	14	2
3	A-01-01-01	RY001	2026-03-02	4	0
3	P	RY001	2026-03-02	2	0
3	A-01-01-03	RY003	2026-04-20	19	4
3	P	RY003	2026-04-20	1	0
3	A-01-01-02	RY002	2026-05-11	9	0
3	P	RY002	2026-05-11	3	0
\.


--
-- Data for Name: device; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.device (id, gateway, kind, profile, port, firmware, units, state, last_seen, station_id) FROM stdin;
5649525400000100	gateway-0b25cbc1	shelf	cangxun-shelf-24	/tmp/cangxun-floor-ZB942x/ports/station-1-shelf	0.1.0	24	{"is":"online"}	1795654040593	1
5649525400000101	gateway-0b25cbc1	scanner	cangxun-scanner	/tmp/cangxun-floor-ZB942x/ports/station-1-scanner	0.1.0	1	{"is":"online"}	1795654040595	1
5649525400000102	gateway-0b25cbc1	printer	cangxun-printer-384	/tmp/cangxun-floor-ZB942x/ports/station-1-printer	0.1.0	1	{"is":"online"}	1795654040595	1
5649525400000103	gateway-0b25cbc1	scale	cangxun-scale	/tmp/cangxun-floor-ZB942x/ports/station-1-scale	0.1.0	1	{"is":"online"}	1795654040595	1
5649525400000200	gateway-0b25cbc1	shelf	cangxun-shelf-24	/tmp/cangxun-floor-ZB942x/ports/station-2-shelf	0.1.0	24	{"is":"online"}	1795654040595	2
5649525400000201	gateway-0b25cbc1	scanner	cangxun-scanner	/tmp/cangxun-floor-ZB942x/ports/station-2-scanner	0.1.0	1	{"is":"online"}	1795654040595	2
5649525400000202	gateway-0b25cbc1	printer	cangxun-printer-384	/tmp/cangxun-floor-ZB942x/ports/station-2-printer	0.1.0	1	{"is":"online"}	1795654040595	2
5649525400000203	gateway-0b25cbc1	scale	cangxun-scale	/tmp/cangxun-floor-ZB942x/ports/station-2-scale	0.1.0	1	{"is":"online"}	1795654040595	2
\.


--
-- Data for Name: device_event; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.device_event (device, boot, event, at, arrived_at, body, run_id, act_no, answer) FROM stdin;
5649525400000101	2823426456	1	1795654040490	1795654040618	{"what":"restarted","reason":"power_on","panic":""}	\N	\N	{"run":null,"no":null,"words":null,"verdict":null}
5649525400000100	2319794012	1	1795654040491	1795654040608	{"what":"restarted","reason":"power_on","panic":""}	\N	\N	{"run":null,"no":null,"words":null,"verdict":null}
5649525400000102	2520371262	1	1795654040491	1795654040640	{"what":"restarted","reason":"power_on","panic":""}	\N	\N	{"run":null,"no":null,"words":null,"verdict":null}
5649525400000102	2520371262	2	1795654040491	1795654040641	{"what":"printer","paper":true,"closed":true,"head_celsius":25}	\N	\N	{"run":null,"no":null,"words":null,"verdict":null}
5649525400000103	4091873117	1	1795654040492	1795654040645	{"what":"restarted","reason":"power_on","panic":""}	\N	\N	{"run":null,"no":null,"words":null,"verdict":null}
5649525400000200	6064199	1	1795654040492	1795654040668	{"what":"restarted","reason":"power_on","panic":""}	\N	\N	{"run":null,"no":null,"words":null,"verdict":null}
5649525400000201	2658907574	1	1795654040492	1795654040680	{"what":"restarted","reason":"power_on","panic":""}	\N	\N	{"run":null,"no":null,"words":null,"verdict":null}
5649525400000202	1922685739	1	1795654040492	1795654040686	{"what":"restarted","reason":"power_on","panic":""}	\N	\N	{"run":null,"no":null,"words":null,"verdict":null}
5649525400000202	1922685739	2	1795654040492	1795654040688	{"what":"printer","paper":true,"closed":true,"head_celsius":25}	\N	\N	{"run":null,"no":null,"words":null,"verdict":null}
5649525400000203	1897675944	1	1795654040492	1795654040694	{"what":"restarted","reason":"power_on","panic":""}	\N	\N	{"run":null,"no":null,"words":null,"verdict":null}
5649525400000201	2658907574	2	1795654040905	1795654040910	{"what":"scan","aim":null,"code":"2000152400015"}	\N	\N	{"run":null,"no":null,"words":null,"verdict":"wrong"}
5649525400000101	2823426456	2	1795654040944	1795654040944	{"what":"scan","aim":null,"code":"CMD-CONFIRM"}	1	2	{"run":1,"no":2,"words":{"mark":"right","was":{"key":"receive.opened","with":{"lines":"3"}},"then":{"key":"receive.opened_then"}},"verdict":"right"}
5649525400000101	2823426456	3	1795654040969	1795654040972	{"what":"scan","aim":null,"code":"6901234567892"}	1	3	{"run":1,"no":3,"words":{"mark":"wrong","was":{"key":"scan.unknown","with":{"code":"6901234567892"}},"then":{"key":"scan.unknown_then"}},"verdict":"wrong"}
5649525400000101	2823426456	4	1795654041014	1795654041016	{"what":"scan","aim":null,"code":"12000152400043"}	1	4	{"run":1,"no":4,"words":{"mark":"right","was":{"key":"receive.counted","with":{"cases":"3","counted":"1","goods":"RY004 沐浴露 750ml"}},"then":{"key":"receive.go_on"}},"verdict":"right"}
5649525400000101	2823426456	5	1795654041057	1795654041060	{"what":"scan","aim":null,"code":"12000152400012"}	1	5	{"run":1,"no":5,"words":{"mark":"right","was":{"key":"receive.counted","with":{"cases":"4","counted":"1","goods":"RY001 洗衣液 2kg"}},"then":{"key":"receive.go_on"}},"verdict":"right"}
5649525400000101	2823426456	6	1795654041099	1795654041102	{"what":"scan","aim":null,"code":"CMD-BACK"}	1	6	{"run":1,"no":6,"words":{"mark":"waiting","was":{"key":"receive.taken_back","with":{"cases":"4","counted":"0","goods":"RY001 洗衣液 2kg"}},"then":{"key":"receive.go_on"}},"verdict":"stored"}
5649525400000101	2823426456	7	1795654041115	1795654041118	{"what":"scan","aim":null,"code":"12000152400012"}	1	7	{"run":1,"no":7,"words":{"mark":"right","was":{"key":"receive.counted","with":{"cases":"4","counted":"1","goods":"RY001 洗衣液 2kg"}},"then":{"key":"receive.go_on"}},"verdict":"right"}
5649525400000101	2823426456	8	1795654041154	1795654041157	{"what":"scan","aim":null,"code":"12000152400012"}	1	8	{"run":1,"no":8,"words":{"mark":"right","was":{"key":"receive.counted","with":{"cases":"4","counted":"2","goods":"RY001 洗衣液 2kg"}},"then":{"key":"receive.go_on"}},"verdict":"right"}
5649525400000101	2823426456	9	1795654041170	1795654041173	{"what":"scan","aim":null,"code":"12000152400012"}	1	9	{"run":1,"no":9,"words":{"mark":"right","was":{"key":"receive.counted","with":{"cases":"4","counted":"3","goods":"RY001 洗衣液 2kg"}},"then":{"key":"receive.go_on"}},"verdict":"right"}
5649525400000101	2823426456	10	1795654041210	1795654041213	{"what":"scan","aim":null,"code":"12000152400012"}	1	10	{"run":1,"no":10,"words":{"mark":"right","was":{"key":"receive.counted","with":{"cases":"4","counted":"4","goods":"RY001 洗衣液 2kg"}},"then":{"key":"receive.full"}},"verdict":"right"}
5649525400000101	2823426456	11	1795654041260	1795654041263	{"what":"scan","aim":null,"code":"CMD-CONFIRM"}	1	11	{"run":1,"no":11,"words":{"mark":"right","was":{"key":"receive.line_complete","with":{"cases":"4","goods":"RY001 洗衣液 2kg"}},"then":{"key":"receive.next_line","with":{"rest":"2"}}},"verdict":"right"}
5649525400000101	2823426456	12	1795654041298	1795654041301	{"what":"scan","aim":null,"code":"12000152400036"}	1	12	{"run":1,"no":12,"words":{"mark":"right","was":{"key":"receive.counted","with":{"cases":"3","counted":"1","goods":"RY003 牙膏 120g"}},"then":{"key":"receive.go_on"}},"verdict":"right"}
5649525400000101	2823426456	13	1795654041313	1795654041315	{"what":"scan","aim":null,"code":"12000152400036"}	1	13	{"run":1,"no":13,"words":{"mark":"right","was":{"key":"receive.counted","with":{"cases":"3","counted":"2","goods":"RY003 牙膏 120g"}},"then":{"key":"receive.go_on"}},"verdict":"right"}
5649525400000101	2823426456	14	1795654041356	1795654041358	{"what":"scan","aim":null,"code":"12000152400043"}	1	15	{"run":1,"no":15,"words":{"mark":"right","was":{"key":"receive.counted","with":{"cases":"3","counted":"2","goods":"RY004 沐浴露 750ml"}},"then":{"key":"receive.go_on"}},"verdict":"right"}
5649525400000101	2823426456	15	1795654041397	1795654041400	{"what":"scan","aim":null,"code":"12000152400043"}	1	16	{"run":1,"no":16,"words":{"mark":"right","was":{"key":"receive.counted","with":{"cases":"3","counted":"3","goods":"RY004 沐浴露 750ml"}},"then":{"key":"receive.full"}},"verdict":"right"}
5649525400000101	2823426456	16	1795654041438	1795654041440	{"what":"scan","aim":null,"code":"12000152400043"}	1	17	{"run":1,"no":17,"words":{"mark":"wrong","was":{"key":"receive.over","with":{"cases":"3","goods":"RY004 沐浴露 750ml"}},"then":{"key":"receive.over_then"}},"verdict":"wrong"}
5649525400000101	2823426456	17	1795654041480	1795654041481	{"what":"scan","aim":null,"code":"CMD-CONFIRM"}	1	18	{"run":1,"no":18,"words":{"mark":"right","was":{"key":"receive.line_complete","with":{"cases":"3","goods":"RY004 沐浴露 750ml"}},"then":{"key":"receive.all_done_then"}},"verdict":"right"}
5649525400000101	2823426456	18	1795654041492	1795654041494	{"what":"scan","aim":null,"code":"CMD-CONFIRM"}	1	19	{"run":1,"no":19,"words":{"mark":"right","was":{"key":"receive.labels","with":{"count":"3"}},"then":{"key":"receive.labels_then"}},"verdict":"right"}
5649525400000101	2823426456	19	1795654041537	1795654041538	{"what":"scan","aim":null,"code":"S-01-01-01"}	1	20	{"run":1,"no":20,"words":{"mark":"wrong","was":{"key":"put_away.wrong_location","with":{"location":"S-01-01-01","should":"S-01-01-03"}},"then":{"key":"put_away.wrong_location_then","with":{"goods":"RY001 洗衣液 2kg","should":"S-01-01-03"}}},"verdict":"wrong"}
5649525400000101	2823426456	22	1795654041600	1795654041601	{"what":"scan","aim":null,"code":"S-01-01-03"}	1	23	{"run":1,"no":23,"words":{"mark":"right","was":{"key":"put_away.aimed","with":{"goods":"RY001 洗衣液 2kg","location":"S-01-01-03"}},"then":{"key":"put_away.aimed_then","with":{"lpn":"LP-0001-001"}}},"verdict":"right"}
5649525400000101	2823426456	27	1795654041769	1795654041771	{"what":"scan","aim":null,"code":"12000152400043"}	1	28	{"run":1,"no":28,"words":{"mark":"right","was":{"key":"put_away.done","with":{"goods":"RY004 沐浴露 750ml","location":"S-01-02-01","quantity":"36 瓶"}},"then":{"key":"put_away.all_done_then"}},"verdict":"right"}
5649525400000102	2520371262	3	1795654042692	1795654042695	{"what":"printed","job":1001,"outcome":"done"}	1	43	{"run":1,"no":43,"words":null,"verdict":null}
5649525400000101	2823426456	38	1795654043348	1795654043350	{"what":"scan","aim":null,"code":"2000152400022"}	1	53	{"run":1,"no":53,"words":{"mark":"right","was":{"key":"check.right","with":{"checked":"3","goods":"RY002 抽纸 3层130抽","picked":"3","unit":"提"}},"then":{"key":"check.rest","with":{"rest":"2"}}},"verdict":"right"}
5649525400000103	4091873117	11	1795654045043	1795654045045	{"what":"weight","grams":0,"stable":true}	1	126	{"run":1,"no":126,"words":null,"verdict":null}
5649525400000201	2658907574	7	1795654048134	1795654048136	{"what":"scan","aim":null,"code":"12000152400012"}	3	6	{"run":3,"no":6,"words":{"mark":"right","was":{"key":"receive.counted","with":{"cases":"4","counted":"4","goods":"RY001 洗衣液 2kg"}},"then":{"key":"receive.full"}},"verdict":"right"}
5649525400000201	2658907574	17	1795654048534	1795654048538	{"what":"scan","aim":null,"code":"S-01-01-03"}	3	16	{"run":3,"no":16,"words":{"mark":"right","was":{"key":"put_away.aimed","with":{"goods":"RY001 洗衣液 2kg","location":"S-01-01-03"}},"then":{"key":"put_away.aimed_then","with":{"lpn":"LP-0003-001"}}},"verdict":"right"}
5649525400000201	2658907574	19	1795654048616	1795654048619	{"what":"scan","aim":null,"code":"S-01-01-04"}	3	18	{"run":3,"no":18,"words":{"mark":"right","was":{"key":"put_away.aimed","with":{"goods":"RY003 牙膏 120g","location":"S-01-01-04"}},"then":{"key":"put_away.aimed_then","with":{"lpn":"LP-0003-002"}}},"verdict":"right"}
5649525400000201	2658907574	21	1795654048700	1795654048703	{"what":"scan","aim":null,"code":"S-01-02-01"}	3	20	{"run":3,"no":20,"words":{"mark":"right","was":{"key":"put_away.aimed","with":{"goods":"RY004 沐浴露 750ml","location":"S-01-02-01"}},"then":{"key":"put_away.aimed_then","with":{"lpn":"LP-0003-003"}}},"verdict":"right"}
5649525400000101	2823426456	20	1795654041550	1795654041552	{"what":"scan","aim":null,"code":"S-01-01-04"}	1	21	{"run":1,"no":21,"words":{"mark":"right","was":{"key":"put_away.aimed","with":{"goods":"RY003 牙膏 120g","location":"S-01-01-04"}},"then":{"key":"put_away.aimed_then","with":{"lpn":"LP-0001-002"}}},"verdict":"right"}
5649525400000101	2823426456	23	1795654041640	1795654041643	{"what":"scan","aim":null,"code":"12000152400012"}	1	24	{"run":1,"no":24,"words":{"mark":"right","was":{"key":"put_away.done","with":{"goods":"RY001 洗衣液 2kg","location":"S-01-01-03","quantity":"24 瓶"}},"then":{"key":"put_away.next","with":{"rest":"2"}}},"verdict":"right"}
5649525400000100	2319794012	5	1795654041957	1795654041963	{"what":"key","position":20,"key":"confirm","count":null,"tag":0}	1	34	{"run":1,"no":34,"words":{"mark":"wrong","was":{"key":"pick.dark","with":{"location":"A-01-03-05"}},"then":{"key":"pick.dark_then","with":{"goods":"RY006 洗洁精 1.1kg","location":"A-01-02-03","quantity":"1 瓶"}}},"verdict":"wrong"}
5649525400000100	2319794012	7	1795654042043	1795654042044	{"what":"key","position":16,"key":"minus","count":1,"tag":257}	1	36	{"run":1,"no":36,"words":{"mark":"waiting","was":{"key":"pick.adjusted","with":{"count":"1","goods":"RY010 湿巾 80抽","unit":"包","wanted":"2"}},"then":{"key":"pick.adjusted_then"}},"verdict":"stored"}
5649525400000100	2319794012	9	1795654042130	1795654042132	{"what":"key","position":2,"key":"confirm","count":4,"tag":258}	1	38	{"run":1,"no":38,"words":{"mark":"right","was":{"key":"pick.right","with":{"goods":"RY003 牙膏 120g","taken":"4","unit":"支"}},"then":{"key":"pick.all_done_then"}},"verdict":"right"}
5649525400000101	2823426456	42	1795654043972	1795654043973	{"what":"scan","aim":null,"code":"2000152400039"}	1	59	{"run":1,"no":59,"words":{"mark":"right","was":{"key":"check.right","with":{"checked":"2","goods":"RY003 牙膏 120g","picked":"4","unit":"支"}},"then":{"key":"check.rest","with":{"rest":"2"}}},"verdict":"right"}
5649525400000201	2658907574	9	1795654048213	1795654048215	{"what":"scan","aim":null,"code":"12000152400036"}	3	8	{"run":3,"no":8,"words":{"mark":"right","was":{"key":"receive.counted","with":{"cases":"3","counted":"1","goods":"RY003 牙膏 120g"}},"then":{"key":"receive.go_on"}},"verdict":"right"}
5649525400000201	2658907574	11	1795654048291	1795654048294	{"what":"scan","aim":null,"code":"CMD-SHORT"}	3	10	{"run":3,"no":10,"words":{"mark":"right","was":{"key":"receive.short_recorded","with":{"goods":"RY003 牙膏 120g","missing":"1","reason":{"key":"receive.short_reason"}}},"then":{"key":"receive.next_line","with":{"rest":"1"}}},"verdict":"right"}
5649525400000201	2658907574	13	1795654048366	1795654048367	{"what":"scan","aim":null,"code":"12000152400043"}	3	12	{"run":3,"no":12,"words":{"mark":"right","was":{"key":"receive.counted","with":{"cases":"3","counted":"2","goods":"RY004 沐浴露 750ml"}},"then":{"key":"receive.go_on"}},"verdict":"right"}
5649525400000201	2658907574	15	1795654048446	1795654048451	{"what":"scan","aim":null,"code":"CMD-CONFIRM"}	3	14	{"run":3,"no":14,"words":{"mark":"right","was":{"key":"receive.line_complete","with":{"cases":"3","goods":"RY004 沐浴露 750ml"}},"then":{"key":"receive.all_done_then"}},"verdict":"right"}
5649525400000200	6064199	5	1795654048963	1795654048965	{"what":"key","position":10,"key":"minus","count":0,"tag":758}	3	27	{"run":3,"no":27,"words":{"mark":"waiting","was":{"key":"pick.adjusted","with":{"count":"0","goods":"RY006 洗洁精 1.1kg","unit":"瓶","wanted":"1"}},"then":{"key":"pick.adjusted_then"}},"verdict":"stored"}
5649525400000101	2823426456	21	1795654041589	1795654041591	{"what":"scan","aim":null,"code":"CMD-BACK"}	1	22	{"run":1,"no":22,"words":{"mark":"waiting","was":{"key":"put_away.forgotten"},"then":{"key":"put_away.scan_first_then"}},"verdict":"stored"}
5649525400000101	2823426456	29	1795654041824	1795654041826	{"what":"scan","aim":null,"code":"CMD-CONFIRM"}	1	30	{"run":1,"no":30,"words":{"mark":"right","was":{"key":"pick.released","with":{"orders":"3"}},"then":{"key":"pick.released_then"}},"verdict":"right"}
5649525400000100	2319794012	3	1795654041921	1795654041923	{"what":"key","position":2,"key":"confirm","count":1,"tag":254}	1	32	{"run":1,"no":32,"words":{"mark":"right","was":{"key":"pick.right","with":{"goods":"RY003 牙膏 120g","taken":"1","unit":"支"}},"then":{"key":"pick.next_order"}},"verdict":"right"}
5649525400000101	2823426456	30	1795654042157	1795654042159	{"what":"scan","aim":null,"code":"2000152400015"}	1	39	{"run":1,"no":39,"words":{"mark":"right","was":{"key":"check.right","with":{"checked":"1","goods":"RY001 洗衣液 2kg","picked":"2","unit":"瓶"}},"then":{"key":"check.rest","with":{"rest":"2"}}},"verdict":"right"}
5649525400000101	2823426456	32	1795654042208	1795654042210	{"what":"scan","aim":null,"code":"2000152400039"}	1	41	{"run":1,"no":41,"words":{"mark":"right","was":{"key":"check.right","with":{"checked":"1","goods":"RY003 牙膏 120g","picked":"1","unit":"支"}},"then":{"key":"check.complete_then","with":{"grams":"4630"}}},"verdict":"right"}
5649525400000101	2823426456	33	1795654042741	1795654042743	{"what":"scan","aim":null,"code":"2000152400015"}	1	45	{"run":1,"no":45,"words":{"mark":"right","was":{"key":"check.right","with":{"checked":"1","goods":"RY001 洗衣液 2kg","picked":"2","unit":"瓶"}},"then":{"key":"check.rest","with":{"rest":"2"}}},"verdict":"right"}
5649525400000103	4091873117	4	1795654042818	1795654042820	{"what":"weight","grams":4630,"stable":false}	1	48	{"run":1,"no":48,"words":{"mark":"waiting","was":{"key":"weigh.unstable"},"then":{"key":"weigh.unstable_then"}},"verdict":"stored"}
5649525400000102	2520371262	4	1795654043524	1795654043526	{"what":"printed","job":1002,"outcome":"done"}	1	56	{"run":1,"no":56,"words":null,"verdict":null}
5649525400000103	4091873117	9	1795654044538	1795654044540	{"what":"weight","grams":780,"stable":true}	1	64	{"run":1,"no":64,"words":{"mark":"right","was":{"key":"weigh.right","with":{"computed":"780","grams":"780","order":"CK-0003"}},"then":{"key":"weigh.all_done_then"}},"verdict":"right"}
5649525400000101	2823426456	45	1795654044563	1795654044565	{"what":"scan","aim":null,"code":"CK-0001"}	1	65	{"run":1,"no":65,"words":{"mark":"right","was":{"key":"ship.right","with":{"courier":"训练速递","order":"CK-0001"}},"then":{"key":"ship.rest","with":{"rest":"2"}}},"verdict":"right"}
5649525400000201	2658907574	3	1795654048001	1795654048004	{"what":"scan","aim":null,"code":"CMD-CONFIRM"}	3	2	{"run":3,"no":2,"words":{"mark":"right","was":{"key":"receive.opened","with":{"lines":"3"}},"then":{"key":"receive.opened_then"}},"verdict":"right"}
5649525400000201	2658907574	23	1795654048776	1795654048780	{"what":"scan","aim":null,"code":"CMD-CONFIRM"}	3	22	{"run":3,"no":22,"words":{"mark":"right","was":{"key":"receive.submitted","with":{"number":"RK-20261126-2-0101"}},"then":{"key":"receive.submitted_then"}},"verdict":"right"}
5649525400000202	1922685739	3	1795654049684	1795654049686	{"what":"printed","job":3001,"outcome":"done"}	3	28	{"run":3,"no":28,"words":null,"verdict":null}
5649525400000101	2823426456	24	1795654041677	1795654041679	{"what":"scan","aim":null,"code":"S-01-01-04"}	1	25	{"run":1,"no":25,"words":{"mark":"right","was":{"key":"put_away.aimed","with":{"goods":"RY003 牙膏 120g","location":"S-01-01-04"}},"then":{"key":"put_away.aimed_then","with":{"lpn":"LP-0001-002"}}},"verdict":"right"}
5649525400000101	2823426456	36	1795654043261	1795654043264	{"what":"scan","aim":null,"code":"2000152400022"}	1	50	{"run":1,"no":50,"words":{"mark":"right","was":{"key":"check.right","with":{"checked":"1","goods":"RY002 抽纸 3层130抽","picked":"3","unit":"提"}},"then":{"key":"check.rest","with":{"rest":"4"}}},"verdict":"right"}
5649525400000101	2823426456	40	1795654043406	1795654043409	{"what":"scan","aim":null,"code":"2000152400107"}	1	55	{"run":1,"no":55,"words":{"mark":"right","was":{"key":"check.right","with":{"checked":"1","goods":"RY010 湿巾 80抽","picked":"1","unit":"包"}},"then":{"key":"check.complete_then","with":{"grams":"3650"}}},"verdict":"right"}
5649525400000103	4091873117	8	1795654044031	1795654044033	{"what":"weight","grams":0,"stable":false}	1	62	{"run":1,"no":62,"words":{"mark":"waiting","was":{"key":"weigh.unstable"},"then":{"key":"weigh.unstable_then"}},"verdict":"stored"}
5649525400000101	2823426456	46	1795654044603	1795654044604	{"what":"scan","aim":null,"code":"CK-0002"}	1	66	{"run":1,"no":66,"words":{"mark":"right","was":{"key":"ship.right","with":{"courier":"训练速递","order":"CK-0002"}},"then":{"key":"ship.rest","with":{"rest":"1"}}},"verdict":"right"}
5649525400000101	2823426456	48	1795654047939	1795654047941	{"what":"scan","aim":null,"code":"CMD-CONFIRM"}	2	2	{"run":2,"no":2,"words":{"mark":"right","was":{"key":"receive.opened","with":{"lines":"3"}},"then":{"key":"receive.opened_then"}},"verdict":"right"}
5649525400000201	2658907574	6	1795654048094	1795654048096	{"what":"scan","aim":null,"code":"12000152400012"}	3	5	{"run":3,"no":5,"words":{"mark":"right","was":{"key":"receive.counted","with":{"cases":"4","counted":"3","goods":"RY001 洗衣液 2kg"}},"then":{"key":"receive.go_on"}},"verdict":"right"}
5649525400000101	2823426456	25	1795654041716	1795654041718	{"what":"scan","aim":null,"code":"12000152400036"}	1	26	{"run":1,"no":26,"words":{"mark":"right","was":{"key":"put_away.done","with":{"goods":"RY003 牙膏 120g","location":"S-01-01-04","quantity":"144 支"}},"then":{"key":"put_away.next","with":{"rest":"1"}}},"verdict":"right"}
5649525400000101	2823426456	28	1795654041783	1795654041785	{"what":"scan","aim":null,"code":"CMD-CONFIRM"}	1	29	{"run":1,"no":29,"words":{"mark":"right","was":{"key":"receive.submitted","with":{"number":"RK-20261126-1-0101"}},"then":{"key":"receive.submitted_then"}},"verdict":"right"}
5649525400000100	2319794012	2	1795654041875	1795654041876	{"what":"key","position":0,"key":"confirm","count":2,"tag":253}	1	31	{"run":1,"no":31,"words":{"mark":"right","was":{"key":"pick.right","with":{"goods":"RY001 洗衣液 2kg","taken":"2","unit":"瓶"}},"then":{"key":"pick.next_light","with":{"rest":"1"}}},"verdict":"right"}
5649525400000100	2319794012	4	1795654041957	1795654041958	{"what":"key","position":1,"key":"confirm","count":3,"tag":255}	1	33	{"run":1,"no":33,"words":{"mark":"right","was":{"key":"pick.right","with":{"goods":"RY002 抽纸 3层130抽","taken":"3","unit":"提"}},"then":{"key":"pick.next_light","with":{"rest":"2"}}},"verdict":"right"}
5649525400000103	4091873117	2	1795654042312	1795654042314	{"what":"weight","grams":300,"stable":false}	1	42	{"run":1,"no":42,"words":{"mark":"waiting","was":{"key":"weigh.unstable"},"then":{"key":"weigh.unstable_then"}},"verdict":"stored"}
5649525400000101	2823426456	35	1795654042795	1795654042797	{"what":"scan","aim":null,"code":"2000152400039"}	1	47	{"run":1,"no":47,"words":{"mark":"right","was":{"key":"check.right","with":{"checked":"1","goods":"RY003 牙膏 120g","picked":"1","unit":"支"}},"then":{"key":"check.complete_then","with":{"grams":"4630"}}},"verdict":"right"}
5649525400000103	4091873117	7	1795654043931	1795654043935	{"what":"weight","grams":3650,"stable":true}	1	57	{"run":1,"no":57,"words":{"mark":"right","was":{"key":"weigh.right","with":{"computed":"3650","grams":"3650","order":"CK-0002"}},"then":{"key":"weigh.next_order"}},"verdict":"right"}
5649525400000102	2520371262	5	1795654044341	1795654044342	{"what":"printed","job":1003,"outcome":"done"}	1	63	{"run":1,"no":63,"words":null,"verdict":null}
5649525400000103	4091873117	10	1795654044639	1795654044641	{"what":"weight","grams":0,"stable":false}	1	68	{"run":1,"no":68,"words":null,"verdict":null}
5649525400000102	2520371262	7	1795654045959	1795654045961	{"what":"printed","job":1005,"outcome":"done"}	1	128	{"run":1,"no":128,"words":null,"verdict":null}
5649525400000201	2658907574	4	1795654048041	1795654048044	{"what":"scan","aim":null,"code":"12000152400012"}	3	3	{"run":3,"no":3,"words":{"mark":"right","was":{"key":"receive.counted","with":{"cases":"4","counted":"1","goods":"RY001 洗衣液 2kg"}},"then":{"key":"receive.go_on"}},"verdict":"right"}
5649525400000201	2658907574	24	1795654048791	1795654048793	{"what":"scan","aim":null,"code":"CMD-CONFIRM"}	3	23	{"run":3,"no":23,"words":{"mark":"right","was":{"key":"pick.released","with":{"orders":"3"}},"then":{"key":"pick.released_then"}},"verdict":"right"}
5649525400000200	6064199	3	1795654048886	1795654048888	{"what":"key","position":2,"key":"confirm","count":1,"tag":756}	3	25	{"run":3,"no":25,"words":{"mark":"right","was":{"key":"pick.right","with":{"goods":"RY003 牙膏 120g","taken":"1","unit":"支"}},"then":{"key":"pick.next_order"}},"verdict":"right"}
5649525400000101	2823426456	26	1795654041731	1795654041732	{"what":"scan","aim":null,"code":"S-01-02-01"}	1	27	{"run":1,"no":27,"words":{"mark":"right","was":{"key":"put_away.aimed","with":{"goods":"RY004 沐浴露 750ml","location":"S-01-02-01"}},"then":{"key":"put_away.aimed_then","with":{"lpn":"LP-0001-003"}}},"verdict":"right"}
5649525400000103	4091873117	5	1795654043223	1795654043226	{"what":"weight","grams":4630,"stable":true}	1	49	{"run":1,"no":49,"words":{"mark":"right","was":{"key":"weigh.right","with":{"computed":"4630","grams":"4630","order":"CK-0001"}},"then":{"key":"weigh.next_order"}},"verdict":"right"}
5649525400000103	4091873117	6	1795654043324	1795654043328	{"what":"weight","grams":0,"stable":false}	1	52	{"run":1,"no":52,"words":null,"verdict":null}
5649525400000101	2823426456	43	1795654043983	1795654043986	{"what":"scan","aim":null,"code":"2000152400039"}	1	60	{"run":1,"no":60,"words":{"mark":"right","was":{"key":"check.right","with":{"checked":"3","goods":"RY003 牙膏 120g","picked":"4","unit":"支"}},"then":{"key":"check.rest","with":{"rest":"1"}}},"verdict":"right"}
5649525400000101	2823426456	47	1795654044619	1795654044622	{"what":"scan","aim":null,"code":"CK-0003"}	1	67	{"run":1,"no":67,"words":{"mark":"right","was":{"key":"ship.right","with":{"courier":"训练速递","order":"CK-0003"}},"then":{"key":"ship.all_done_then"}},"verdict":"right"}
5649525400000102	2520371262	6	1795654045153	1795654045155	{"what":"printed","job":1004,"outcome":"done"}	1	127	{"run":1,"no":127,"words":null,"verdict":null}
5649525400000102	2520371262	8	1795654046777	1795654046779	{"what":"printed","job":1006,"outcome":"done"}	1	129	{"run":1,"no":129,"words":null,"verdict":null}
5649525400000201	2658907574	8	1795654048173	1795654048175	{"what":"scan","aim":null,"code":"CMD-CONFIRM"}	3	7	{"run":3,"no":7,"words":{"mark":"right","was":{"key":"receive.line_complete","with":{"cases":"4","goods":"RY001 洗衣液 2kg"}},"then":{"key":"receive.next_line","with":{"rest":"2"}}},"verdict":"right"}
5649525400000201	2658907574	10	1795654048251	1795654048254	{"what":"scan","aim":null,"code":"12000152400036"}	3	9	{"run":3,"no":9,"words":{"mark":"right","was":{"key":"receive.counted","with":{"cases":"3","counted":"2","goods":"RY003 牙膏 120g"}},"then":{"key":"receive.go_on"}},"verdict":"right"}
5649525400000201	2658907574	12	1795654048329	1795654048331	{"what":"scan","aim":null,"code":"12000152400043"}	3	11	{"run":3,"no":11,"words":{"mark":"right","was":{"key":"receive.counted","with":{"cases":"3","counted":"1","goods":"RY004 沐浴露 750ml"}},"then":{"key":"receive.go_on"}},"verdict":"right"}
5649525400000201	2658907574	14	1795654048410	1795654048412	{"what":"scan","aim":null,"code":"12000152400043"}	3	13	{"run":3,"no":13,"words":{"mark":"right","was":{"key":"receive.counted","with":{"cases":"3","counted":"3","goods":"RY004 沐浴露 750ml"}},"then":{"key":"receive.full"}},"verdict":"right"}
5649525400000201	2658907574	16	1795654048490	1795654048493	{"what":"scan","aim":null,"code":"CMD-CONFIRM"}	3	15	{"run":3,"no":15,"words":{"mark":"right","was":{"key":"receive.labels","with":{"count":"3"}},"then":{"key":"receive.labels_then"}},"verdict":"right"}
5649525400000201	2658907574	20	1795654048656	1795654048658	{"what":"scan","aim":null,"code":"12000152400036"}	3	19	{"run":3,"no":19,"words":{"mark":"right","was":{"key":"put_away.done","with":{"goods":"RY003 牙膏 120g","location":"S-01-01-04","quantity":"144 支"}},"then":{"key":"put_away.next","with":{"rest":"1"}}},"verdict":"right"}
5649525400000100	2319794012	6	1795654042000	1795654042002	{"what":"key","position":10,"key":"confirm","count":1,"tag":256}	1	35	{"run":1,"no":35,"words":{"mark":"right","was":{"key":"pick.right","with":{"goods":"RY006 洗洁精 1.1kg","taken":"1","unit":"瓶"}},"then":{"key":"pick.next_light","with":{"rest":"1"}}},"verdict":"right"}
5649525400000100	2319794012	8	1795654042089	1795654042091	{"what":"key","position":16,"key":"confirm","count":1,"tag":257}	1	37	{"run":1,"no":37,"words":{"mark":"right","was":{"key":"pick.short","with":{"goods":"RY010 湿巾 80抽","location":"A-01-03-01","order":"CK-0002","taken":"1","unit":"包","wanted":"2"}},"then":{"key":"pick.next_order"}},"verdict":"right"}
5649525400000103	4091873117	3	1795654042717	1795654042718	{"what":"weight","grams":300,"stable":true}	1	44	{"run":1,"no":44,"words":{"mark":"wrong","was":{"key":"weigh.off","with":{"computed":"4630","difference":"-4330","grams":"300","order":"CK-0001","tolerance":"92"}},"then":{"key":"weigh.off_then"}},"verdict":"wrong"}
5649525400000101	2823426456	49	1795654047949	1795654047954	{"what":"scan","aim":null,"code":"12000152400012"}	2	3	{"run":2,"no":3,"words":{"mark":"right","was":{"key":"receive.counted","with":{"cases":"4","counted":"1","goods":"RY001 洗衣液 2kg"}},"then":{"key":"receive.go_on"}},"verdict":"right"}
5649525400000201	2658907574	5	1795654048085	1795654048086	{"what":"scan","aim":null,"code":"12000152400012"}	3	4	{"run":3,"no":4,"words":{"mark":"right","was":{"key":"receive.counted","with":{"cases":"4","counted":"2","goods":"RY001 洗衣液 2kg"}},"then":{"key":"receive.go_on"}},"verdict":"right"}
5649525400000201	2658907574	18	1795654048576	1795654048580	{"what":"scan","aim":null,"code":"12000152400012"}	3	17	{"run":3,"no":17,"words":{"mark":"right","was":{"key":"put_away.done","with":{"goods":"RY001 洗衣液 2kg","location":"S-01-01-03","quantity":"24 瓶"}},"then":{"key":"put_away.next","with":{"rest":"2"}}},"verdict":"right"}
5649525400000201	2658907574	22	1795654048737	1795654048740	{"what":"scan","aim":null,"code":"12000152400043"}	3	21	{"run":3,"no":21,"words":{"mark":"right","was":{"key":"put_away.done","with":{"goods":"RY004 沐浴露 750ml","location":"S-01-02-01","quantity":"36 瓶"}},"then":{"key":"put_away.all_done_then"}},"verdict":"right"}
5649525400000200	6064199	2	1795654048839	1795654048841	{"what":"key","position":0,"key":"confirm","count":2,"tag":755}	3	24	{"run":3,"no":24,"words":{"mark":"right","was":{"key":"pick.right","with":{"goods":"RY001 洗衣液 2kg","taken":"2","unit":"瓶"}},"then":{"key":"pick.next_light","with":{"rest":"1"}}},"verdict":"right"}
5649525400000200	6064199	4	1795654048927	1795654048928	{"what":"key","position":1,"key":"confirm","count":3,"tag":757}	3	26	{"run":3,"no":26,"words":{"mark":"right","was":{"key":"pick.right","with":{"goods":"RY002 抽纸 3层130抽","taken":"3","unit":"提"}},"then":{"key":"pick.next_light","with":{"rest":"2"}}},"verdict":"right"}
5649525400000101	2823426456	31	1795654042168	1795654042170	{"what":"scan","aim":null,"code":"2000152400015"}	1	40	{"run":1,"no":40,"words":{"mark":"right","was":{"key":"check.right","with":{"checked":"2","goods":"RY001 洗衣液 2kg","picked":"2","unit":"瓶"}},"then":{"key":"check.rest","with":{"rest":"1"}}},"verdict":"right"}
5649525400000101	2823426456	34	1795654042780	1795654042782	{"what":"scan","aim":null,"code":"2000152400015"}	1	46	{"run":1,"no":46,"words":{"mark":"right","was":{"key":"check.right","with":{"checked":"2","goods":"RY001 洗衣液 2kg","picked":"2","unit":"瓶"}},"then":{"key":"check.rest","with":{"rest":"1"}}},"verdict":"right"}
5649525400000101	2823426456	37	1795654043306	1795654043308	{"what":"scan","aim":null,"code":"2000152400022"}	1	51	{"run":1,"no":51,"words":{"mark":"right","was":{"key":"check.right","with":{"checked":"2","goods":"RY002 抽纸 3层130抽","picked":"3","unit":"提"}},"then":{"key":"check.rest","with":{"rest":"3"}}},"verdict":"right"}
5649525400000101	2823426456	39	1795654043364	1795654043367	{"what":"scan","aim":null,"code":"2000152400060"}	1	54	{"run":1,"no":54,"words":{"mark":"right","was":{"key":"check.right","with":{"checked":"1","goods":"RY006 洗洁精 1.1kg","picked":"1","unit":"瓶"}},"then":{"key":"check.rest","with":{"rest":"1"}}},"verdict":"right"}
5649525400000101	2823426456	41	1795654043957	1795654043960	{"what":"scan","aim":null,"code":"2000152400039"}	1	58	{"run":1,"no":58,"words":{"mark":"right","was":{"key":"check.right","with":{"checked":"1","goods":"RY003 牙膏 120g","picked":"4","unit":"支"}},"then":{"key":"check.rest","with":{"rest":"3"}}},"verdict":"right"}
5649525400000101	2823426456	44	1795654044023	1795654044024	{"what":"scan","aim":null,"code":"2000152400039"}	1	61	{"run":1,"no":61,"words":{"mark":"right","was":{"key":"check.right","with":{"checked":"4","goods":"RY003 牙膏 120g","picked":"4","unit":"支"}},"then":{"key":"check.complete_then","with":{"grams":"780"}}},"verdict":"right"}
5649525400000102	2520371262	9	1795654047592	1795654047594	{"what":"printed","job":1007,"outcome":"done"}	1	130	{"run":1,"no":130,"words":null,"verdict":null}
\.


--
-- Data for Name: movement; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.movement (run_id, no, line, sku, lot, from_location, to_location, quantity) FROM stdin;
1	1	1	RY001	2026-03-02	@opening	A-01-01-01	6
1	1	2	RY002	2026-05-11	@opening	A-01-01-02	12
1	1	3	RY003	2026-04-20	@opening	A-01-01-03	20
1	1	4	RY004	2026-01-15	@opening	A-01-02-01	8
1	1	5	RY005	2026-02-08	@opening	A-01-02-02	9
1	1	6	RY006	2026-06-01	@opening	A-01-02-03	5
1	1	7	RY010	2025-12-01	@opening	A-01-03-01	14
1	1	8	RY002	2026-05-11	@opening	S-01-01-01	200
1	1	9	RY006	2026-06-01	@opening	S-01-01-02	144
1	11	1	RY001	2026-09-08	@supplier	R	24
1	14	1	RY003	2026-08-21	@supplier	R	144
1	18	1	RY004	2026-08-30	@supplier	R	36
1	24	1	RY001	2026-09-08	R	S-01-01-03	24
1	26	1	RY003	2026-08-21	R	S-01-01-04	144
1	28	1	RY004	2026-08-30	R	S-01-02-01	36
1	31	1	RY001	2026-03-02	A-01-01-01	P	2
1	32	1	RY003	2026-04-20	A-01-01-03	P	1
1	33	1	RY002	2026-05-11	A-01-01-02	P	3
1	35	1	RY006	2026-06-01	A-01-02-03	P	1
1	37	1	RY010	2025-12-01	A-01-03-01	P	1
1	38	1	RY003	2026-04-20	A-01-01-03	P	4
1	65	1	RY001	2026-03-02	P	@customer	2
1	65	2	RY003	2026-04-20	P	@customer	1
1	66	1	RY002	2026-05-11	P	@customer	3
1	66	2	RY006	2026-06-01	P	@customer	1
1	66	3	RY010	2025-12-01	P	@customer	1
1	67	1	RY003	2026-04-20	P	@customer	4
2	1	1	RY001	2026-03-02	@opening	A-01-01-01	6
2	1	2	RY002	2026-05-11	@opening	A-01-01-02	12
2	1	3	RY003	2026-04-20	@opening	A-01-01-03	20
2	1	4	RY004	2026-01-15	@opening	A-01-02-01	8
2	1	5	RY005	2026-02-08	@opening	A-01-02-02	9
2	1	6	RY006	2026-06-01	@opening	A-01-02-03	5
2	1	7	RY010	2025-12-01	@opening	A-01-03-01	14
2	1	8	RY002	2026-05-11	@opening	S-01-01-01	200
2	1	9	RY006	2026-06-01	@opening	S-01-01-02	144
3	1	1	RY001	2026-03-02	@opening	A-01-01-01	6
3	1	2	RY002	2026-05-11	@opening	A-01-01-02	12
3	1	3	RY003	2026-04-20	@opening	A-01-01-03	20
3	1	4	RY004	2026-01-15	@opening	A-01-02-01	8
3	1	5	RY005	2026-02-08	@opening	A-01-02-02	9
3	1	6	RY006	2026-06-01	@opening	A-01-02-03	5
3	1	7	RY010	2025-12-01	@opening	A-01-03-01	14
3	1	8	RY002	2026-05-11	@opening	S-01-01-01	200
3	1	9	RY006	2026-06-01	@opening	S-01-01-02	144
3	7	1	RY001	2026-09-08	@supplier	R	24
3	10	1	RY003	2026-08-21	@supplier	R	144
3	14	1	RY004	2026-08-30	@supplier	R	36
3	17	1	RY001	2026-09-08	R	S-01-01-03	24
3	19	1	RY003	2026-08-21	R	S-01-01-04	144
3	21	1	RY004	2026-08-30	R	S-01-02-01	36
3	24	1	RY001	2026-03-02	A-01-01-01	P	2
3	25	1	RY003	2026-04-20	A-01-01-03	P	1
3	26	1	RY002	2026-05-11	A-01-01-02	P	3
\.


--
-- Data for Name: paper; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.paper (run_id, number, kind, state, made_at) FROM stdin;
1	RT-20261126-1-0101	RT	accepted	1795654040923
1	RK-20261126-1-0101	RK	accepted	1795654041783
1	JH-20261126-1-0101	JH	accepted	1795654041824
1	CK-20261126-1-0101	CK	accepted	1795654041824
1	CK-20261126-1-0102	CK	accepted	1795654041824
1	CK-20261126-1-0103	CK	accepted	1795654041824
1	RZ-20261126-1-0101	RZ	accepted	1795654044660
2	RT-20261126-1-0201	RT	draft	1795654047929
3	RK-20261126-2-0101	RK	submitted	1795654048776
3	RT-20261126-2-0101	RT	submitted	1795654047991
3	JH-20261126-2-0101	JH	draft	1795654048791
3	CK-20261126-2-0101	CK	draft	1795654048791
3	CK-20261126-2-0102	CK	draft	1795654048791
3	CK-20261126-2-0103	CK	draft	1795654048791
\.


--
-- Data for Name: print_job; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.print_job (run_id, job, station_id, label, state) FROM stdin;
1	1001	1	{"kind":"goods","lpn":"LP-0001-001","sku":"RY001","name":"洗衣液 2kg","lot":"2026-09-08","quantity":"24 瓶"}	printed
1	1002	1	{"kind":"goods","lpn":"LP-0001-002","sku":"RY003","name":"牙膏 120g","lot":"2026-08-21","quantity":"144 支"}	printed
1	1003	1	{"kind":"goods","lpn":"LP-0001-003","sku":"RY004","name":"沐浴露 750ml","lot":"2026-08-30","quantity":"36 瓶"}	printed
1	1004	1	{"kind":"parcel","order":"CK-0001","customer":"王**","weight":"4.63 kg","parcel":"1/1"}	printed
1	1005	1	{"kind":"parcel","order":"CK-0002","customer":"李**","weight":"3.65 kg","parcel":"1/1"}	printed
1	1006	1	{"kind":"parcel","order":"CK-0003","customer":"周**","weight":"0.78 kg","parcel":"1/1"}	printed
1	1007	1	{"kind":"goods","lpn":"LP-0001-001","sku":"RY001","name":"洗衣液 2kg","lot":"2026-09-08","quantity":"24 瓶"}	printed
3	3003	2	{"kind":"goods","lpn":"LP-0003-003","sku":"RY004","name":"沐浴露 750ml","lot":"2026-08-30","quantity":"36 瓶"}	queued
3	3001	2	{"kind":"goods","lpn":"LP-0003-001","sku":"RY001","name":"洗衣液 2kg","lot":"2026-09-08","quantity":"24 瓶"}	printed
3	3002	2	{"kind":"goods","lpn":"LP-0003-002","sku":"RY003","name":"牙膏 120g","lot":"2026-08-21","quantity":"144 支"}	taken
\.


--
-- Data for Name: run; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.run (id, scenario_id, scenario, group_id, group_name, station_id, day, day_run, started_at, closed_at, last_act) FROM stdin;
1	first-drill	{"id":"first-drill","title":{"zh":"第一次实训：收货、上架、拣货、发货","en":"First drill: receive, put away, pick, ship"},"brief":{"zh":"一车日用品到货，三行货，逐箱扫描清点，有差异就记录，贴标签后上架；随后三张订单要发货：按灯拣货，复核，称重，交接。","en":"A truck brings everyday goods, three lines: count each case by scanning, record what differs, label and put away. Then three orders go out: pick by light, check, weigh, hand over."},"owner":"晴野电商","supplier":"云帆日化","contract":"HT-0001","packing":{"carton_g":180,"tolerance_percent":2,"tolerance_g":20},"sku":[{"code":"RY001","name":"洗衣液 2kg","unit":"瓶","gtin13":"2000152400015","case_gtin14":"12000152400012","units_per_case":6,"unit_weight_g":2150,"unit_size_mm":[240,120,300],"shelf_life_days":730,"abc":"A"},{"code":"RY002","name":"抽纸 3层130抽","unit":"提","gtin13":"2000152400022","case_gtin14":"12000152400029","units_per_case":10,"unit_weight_g":620,"unit_size_mm":[200,120,330],"shelf_life_days":1095,"abc":"A"},{"code":"RY003","name":"牙膏 120g","unit":"支","gtin13":"2000152400039","case_gtin14":"12000152400036","units_per_case":72,"unit_weight_g":150,"unit_size_mm":[200,50,40],"shelf_life_days":1095,"abc":"A"},{"code":"RY004","name":"沐浴露 750ml","unit":"瓶","gtin13":"2000152400046","case_gtin14":"12000152400043","units_per_case":12,"unit_weight_g":820,"unit_size_mm":[85,65,235],"shelf_life_days":1095,"abc":"B"},{"code":"RY005","name":"洗发水 500ml","unit":"瓶","gtin13":"2000152400053","case_gtin14":"12000152400050","units_per_case":12,"unit_weight_g":560,"unit_size_mm":[75,55,220],"shelf_life_days":1095,"abc":"B"},{"code":"RY006","name":"洗洁精 1.1kg","unit":"瓶","gtin13":"2000152400060","case_gtin14":"12000152400067","units_per_case":12,"unit_weight_g":1180,"unit_size_mm":[95,70,270],"shelf_life_days":1095,"abc":"A"},{"code":"RY010","name":"湿巾 80抽","unit":"包","gtin13":"2000152400107","case_gtin14":"12000152400104","units_per_case":24,"unit_weight_g":430,"unit_size_mm":[200,110,70],"shelf_life_days":730,"abc":"B"}],"floor":{"pick_shelf":{"zone":"A","racks":1,"levels":3,"slots":8,"min_units":4,"max_units":24},"pallet_rack":{"zone":"S","racks":2,"levels":3,"slots":4,"pallet_mm":[1200,1000],"max_kg":1000,"max_height_mm":1500},"areas":["R","Q","D","P","C","O"]},"stock":[{"location":"A-01-01-01","sku":"RY001","units":6,"lot":"2026-03-02"},{"location":"A-01-01-02","sku":"RY002","units":12,"lot":"2026-05-11"},{"location":"A-01-01-03","sku":"RY003","units":20,"lot":"2026-04-20"},{"location":"A-01-02-01","sku":"RY004","units":8,"lot":"2026-01-15"},{"location":"A-01-02-02","sku":"RY005","units":9,"lot":"2026-02-08"},{"location":"A-01-02-03","sku":"RY006","units":5,"lot":"2026-06-01"},{"location":"A-01-03-01","sku":"RY010","units":14,"lot":"2025-12-01"},{"location":"S-01-01-01","sku":"RY002","units":200,"lot":"2026-05-11"},{"location":"S-01-01-02","sku":"RY006","units":144,"lot":"2026-06-01"}],"inbound":{"expected_in_days":0,"line":[{"sku":"RY001","cases":4,"lot":"2026-09-08","arrives":{"cases":4}},{"sku":"RY003","cases":3,"lot":"2026-08-21","arrives":{"cases":2}},{"sku":"RY004","cases":3,"lot":"2026-08-30","arrives":{"cases":3}}]},"order":[{"number":"CK-0001","customer":"王**","address":"晴川路**号","courier":"训练速递","lines":{"RY001":2,"RY003":1}},{"number":"CK-0002","customer":"李**","address":"松风巷**号","courier":"训练速递","lines":{"RY002":3,"RY006":1,"RY010":2}},{"number":"CK-0003","customer":"周**","address":"云溪街**号","courier":"训练速递","lines":{"RY003":4}}],"physical":[{"location":"A-01-03-01","sku":"RY010","units":1}]}	1	第一组	1	20261126	1	1795654040920	1795654047925	131
2	first-drill	{"id":"first-drill","title":{"zh":"第一次实训：收货、上架、拣货、发货","en":"First drill: receive, put away, pick, ship"},"brief":{"zh":"一车日用品到货，三行货，逐箱扫描清点，有差异就记录，贴标签后上架；随后三张订单要发货：按灯拣货，复核，称重，交接。","en":"A truck brings everyday goods, three lines: count each case by scanning, record what differs, label and put away. Then three orders go out: pick by light, check, weigh, hand over."},"owner":"晴野电商","supplier":"云帆日化","contract":"HT-0001","packing":{"carton_g":180,"tolerance_percent":2,"tolerance_g":20},"sku":[{"code":"RY001","name":"洗衣液 2kg","unit":"瓶","gtin13":"2000152400015","case_gtin14":"12000152400012","units_per_case":6,"unit_weight_g":2150,"unit_size_mm":[240,120,300],"shelf_life_days":730,"abc":"A"},{"code":"RY002","name":"抽纸 3层130抽","unit":"提","gtin13":"2000152400022","case_gtin14":"12000152400029","units_per_case":10,"unit_weight_g":620,"unit_size_mm":[200,120,330],"shelf_life_days":1095,"abc":"A"},{"code":"RY003","name":"牙膏 120g","unit":"支","gtin13":"2000152400039","case_gtin14":"12000152400036","units_per_case":72,"unit_weight_g":150,"unit_size_mm":[200,50,40],"shelf_life_days":1095,"abc":"A"},{"code":"RY004","name":"沐浴露 750ml","unit":"瓶","gtin13":"2000152400046","case_gtin14":"12000152400043","units_per_case":12,"unit_weight_g":820,"unit_size_mm":[85,65,235],"shelf_life_days":1095,"abc":"B"},{"code":"RY005","name":"洗发水 500ml","unit":"瓶","gtin13":"2000152400053","case_gtin14":"12000152400050","units_per_case":12,"unit_weight_g":560,"unit_size_mm":[75,55,220],"shelf_life_days":1095,"abc":"B"},{"code":"RY006","name":"洗洁精 1.1kg","unit":"瓶","gtin13":"2000152400060","case_gtin14":"12000152400067","units_per_case":12,"unit_weight_g":1180,"unit_size_mm":[95,70,270],"shelf_life_days":1095,"abc":"A"},{"code":"RY010","name":"湿巾 80抽","unit":"包","gtin13":"2000152400107","case_gtin14":"12000152400104","units_per_case":24,"unit_weight_g":430,"unit_size_mm":[200,110,70],"shelf_life_days":730,"abc":"B"}],"floor":{"pick_shelf":{"zone":"A","racks":1,"levels":3,"slots":8,"min_units":4,"max_units":24},"pallet_rack":{"zone":"S","racks":2,"levels":3,"slots":4,"pallet_mm":[1200,1000],"max_kg":1000,"max_height_mm":1500},"areas":["R","Q","D","P","C","O"]},"stock":[{"location":"A-01-01-01","sku":"RY001","units":6,"lot":"2026-03-02"},{"location":"A-01-01-02","sku":"RY002","units":12,"lot":"2026-05-11"},{"location":"A-01-01-03","sku":"RY003","units":20,"lot":"2026-04-20"},{"location":"A-01-02-01","sku":"RY004","units":8,"lot":"2026-01-15"},{"location":"A-01-02-02","sku":"RY005","units":9,"lot":"2026-02-08"},{"location":"A-01-02-03","sku":"RY006","units":5,"lot":"2026-06-01"},{"location":"A-01-03-01","sku":"RY010","units":14,"lot":"2025-12-01"},{"location":"S-01-01-01","sku":"RY002","units":200,"lot":"2026-05-11"},{"location":"S-01-01-02","sku":"RY006","units":144,"lot":"2026-06-01"}],"inbound":{"expected_in_days":0,"line":[{"sku":"RY001","cases":4,"lot":"2026-09-08","arrives":{"cases":4}},{"sku":"RY003","cases":3,"lot":"2026-08-21","arrives":{"cases":2}},{"sku":"RY004","cases":3,"lot":"2026-08-30","arrives":{"cases":3}}]},"order":[{"number":"CK-0001","customer":"王**","address":"晴川路**号","courier":"训练速递","lines":{"RY001":2,"RY003":1}},{"number":"CK-0002","customer":"李**","address":"松风巷**号","courier":"训练速递","lines":{"RY002":3,"RY006":1,"RY010":2}},{"number":"CK-0003","customer":"周**","address":"云溪街**号","courier":"训练速递","lines":{"RY003":4}}],"physical":[{"location":"A-01-03-01","sku":"RY010","units":1}]}	1	第一组	1	20261126	2	1795654047926	\N	3
3	first-drill	{"id":"first-drill","title":{"zh":"第一次实训：收货、上架、拣货、发货","en":"First drill: receive, put away, pick, ship"},"brief":{"zh":"一车日用品到货，三行货，逐箱扫描清点，有差异就记录，贴标签后上架；随后三张订单要发货：按灯拣货，复核，称重，交接。","en":"A truck brings everyday goods, three lines: count each case by scanning, record what differs, label and put away. Then three orders go out: pick by light, check, weigh, hand over."},"owner":"晴野电商","supplier":"云帆日化","contract":"HT-0001","packing":{"carton_g":180,"tolerance_percent":2,"tolerance_g":20},"sku":[{"code":"RY001","name":"洗衣液 2kg","unit":"瓶","gtin13":"2000152400015","case_gtin14":"12000152400012","units_per_case":6,"unit_weight_g":2150,"unit_size_mm":[240,120,300],"shelf_life_days":730,"abc":"A"},{"code":"RY002","name":"抽纸 3层130抽","unit":"提","gtin13":"2000152400022","case_gtin14":"12000152400029","units_per_case":10,"unit_weight_g":620,"unit_size_mm":[200,120,330],"shelf_life_days":1095,"abc":"A"},{"code":"RY003","name":"牙膏 120g","unit":"支","gtin13":"2000152400039","case_gtin14":"12000152400036","units_per_case":72,"unit_weight_g":150,"unit_size_mm":[200,50,40],"shelf_life_days":1095,"abc":"A"},{"code":"RY004","name":"沐浴露 750ml","unit":"瓶","gtin13":"2000152400046","case_gtin14":"12000152400043","units_per_case":12,"unit_weight_g":820,"unit_size_mm":[85,65,235],"shelf_life_days":1095,"abc":"B"},{"code":"RY005","name":"洗发水 500ml","unit":"瓶","gtin13":"2000152400053","case_gtin14":"12000152400050","units_per_case":12,"unit_weight_g":560,"unit_size_mm":[75,55,220],"shelf_life_days":1095,"abc":"B"},{"code":"RY006","name":"洗洁精 1.1kg","unit":"瓶","gtin13":"2000152400060","case_gtin14":"12000152400067","units_per_case":12,"unit_weight_g":1180,"unit_size_mm":[95,70,270],"shelf_life_days":1095,"abc":"A"},{"code":"RY010","name":"湿巾 80抽","unit":"包","gtin13":"2000152400107","case_gtin14":"12000152400104","units_per_case":24,"unit_weight_g":430,"unit_size_mm":[200,110,70],"shelf_life_days":730,"abc":"B"}],"floor":{"pick_shelf":{"zone":"A","racks":1,"levels":3,"slots":8,"min_units":4,"max_units":24},"pallet_rack":{"zone":"S","racks":2,"levels":3,"slots":4,"pallet_mm":[1200,1000],"max_kg":1000,"max_height_mm":1500},"areas":["R","Q","D","P","C","O"]},"stock":[{"location":"A-01-01-01","sku":"RY001","units":6,"lot":"2026-03-02"},{"location":"A-01-01-02","sku":"RY002","units":12,"lot":"2026-05-11"},{"location":"A-01-01-03","sku":"RY003","units":20,"lot":"2026-04-20"},{"location":"A-01-02-01","sku":"RY004","units":8,"lot":"2026-01-15"},{"location":"A-01-02-02","sku":"RY005","units":9,"lot":"2026-02-08"},{"location":"A-01-02-03","sku":"RY006","units":5,"lot":"2026-06-01"},{"location":"A-01-03-01","sku":"RY010","units":14,"lot":"2025-12-01"},{"location":"S-01-01-01","sku":"RY002","units":200,"lot":"2026-05-11"},{"location":"S-01-01-02","sku":"RY006","units":144,"lot":"2026-06-01"}],"inbound":{"expected_in_days":0,"line":[{"sku":"RY001","cases":4,"lot":"2026-09-08","arrives":{"cases":4}},{"sku":"RY003","cases":3,"lot":"2026-08-21","arrives":{"cases":2}},{"sku":"RY004","cases":3,"lot":"2026-08-30","arrives":{"cases":3}}]},"order":[{"number":"CK-0001","customer":"王**","address":"晴川路**号","courier":"训练速递","lines":{"RY001":2,"RY003":1}},{"number":"CK-0002","customer":"李**","address":"松风巷**号","courier":"训练速递","lines":{"RY002":3,"RY006":1,"RY010":2}},{"number":"CK-0003","customer":"周**","address":"云溪街**号","courier":"训练速递","lines":{"RY003":4}}],"physical":[{"location":"A-01-03-01","sku":"RY010","units":1}]}	2	第二组	2	20261126	1	1795654047990	\N	28
\.


--
-- Data for Name: session; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.session (token_hash, account_id, created_at, expires_at) FROM stdin;
\\xaea103a81108dc4d79b2e11feb04f95fc6ed014d1cc6575701d6173e1677b8cc	1	1795654040602	1795697240602
\\x1fe16540632ffd4c413fc62568f1cb907a93b985e8cbbea9d61bf824045fe527	2	1795654040645	1795697240645
\\xb5df7852d6c75d8452fe9f5cbcad89a838bb4c183538d9edd459203d9410261a	3	1795654040661	1795697240661
\\x64a85baaa163e3658132cea29e4a66001751dd88cfc41ca03c84ebaf18160e5e	5	1795654040665	1795697240665
\.


--
-- Data for Name: station; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.station (id, name, run_id) FROM stdin;
1	1 号工位	2
2	2 号工位	3
\.


--
-- Data for Name: student_group; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.student_group (id, name) FROM stdin;
1	第一组
2	第二组
\.


--
-- Name: _sqlx_migrations _sqlx_migrations_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public._sqlx_migrations
    ADD CONSTRAINT _sqlx_migrations_pkey PRIMARY KEY (version);


--
-- Name: account account_login_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.account
    ADD CONSTRAINT account_login_key UNIQUE (login);


--
-- Name: account account_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.account
    ADD CONSTRAINT account_pkey PRIMARY KEY (id);


--
-- Name: act act_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.act
    ADD CONSTRAINT act_pkey PRIMARY KEY (run_id, no);


--
-- Name: act act_run_id_source_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.act
    ADD CONSTRAINT act_run_id_source_key UNIQUE (run_id, source);


--
-- Name: balance balance_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.balance
    ADD CONSTRAINT balance_pkey PRIMARY KEY (run_id, location, sku, lot);


--
-- Name: device_event device_event_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.device_event
    ADD CONSTRAINT device_event_pkey PRIMARY KEY (device, boot, event);


--
-- Name: device device_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.device
    ADD CONSTRAINT device_pkey PRIMARY KEY (id);


--
-- Name: movement movement_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.movement
    ADD CONSTRAINT movement_pkey PRIMARY KEY (run_id, no, line);


--
-- Name: paper paper_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.paper
    ADD CONSTRAINT paper_pkey PRIMARY KEY (run_id, number);


--
-- Name: print_job print_job_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.print_job
    ADD CONSTRAINT print_job_pkey PRIMARY KEY (run_id, job);


--
-- Name: run run_group_id_day_day_run_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.run
    ADD CONSTRAINT run_group_id_day_day_run_key UNIQUE (group_id, day, day_run);


--
-- Name: run run_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.run
    ADD CONSTRAINT run_pkey PRIMARY KEY (id);


--
-- Name: session session_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.session
    ADD CONSTRAINT session_pkey PRIMARY KEY (token_hash);


--
-- Name: station station_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.station
    ADD CONSTRAINT station_pkey PRIMARY KEY (id);


--
-- Name: student_group student_group_name_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.student_group
    ADD CONSTRAINT student_group_name_key UNIQUE (name);


--
-- Name: student_group student_group_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.student_group
    ADD CONSTRAINT student_group_pkey PRIMARY KEY (id);


--
-- Name: act_arrived; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX act_arrived ON public.act USING btree (arrived_at);


--
-- Name: device_event_about_itself; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX device_event_about_itself ON public.device_event USING btree (device, arrived_at) WHERE (run_id IS NULL);


--
-- Name: paper_number; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX paper_number ON public.paper USING btree (number);


--
-- Name: print_job_open; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX print_job_open ON public.print_job USING btree (station_id, state);


--
-- Name: run_of_group; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX run_of_group ON public.run USING btree (group_id, id);


--
-- Name: session_expires; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX session_expires ON public.session USING btree (expires_at);


--
-- Name: act act_is_never_changed; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER act_is_never_changed BEFORE DELETE OR UPDATE ON public.act FOR EACH ROW EXECUTE FUNCTION public.refuse_change();


--
-- Name: device_event device_event_is_never_changed; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER device_event_is_never_changed BEFORE DELETE OR UPDATE ON public.device_event FOR EACH ROW EXECUTE FUNCTION public.refuse_change();


--
-- Name: movement movement_is_never_changed; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER movement_is_never_changed BEFORE DELETE OR UPDATE ON public.movement FOR EACH ROW EXECUTE FUNCTION public.refuse_change();


--
-- Name: account account_group_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.account
    ADD CONSTRAINT account_group_id_fkey FOREIGN KEY (group_id) REFERENCES public.student_group(id);


--
-- Name: act act_run_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.act
    ADD CONSTRAINT act_run_id_fkey FOREIGN KEY (run_id) REFERENCES public.run(id);


--
-- Name: balance balance_run_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.balance
    ADD CONSTRAINT balance_run_id_fkey FOREIGN KEY (run_id) REFERENCES public.run(id);


--
-- Name: device device_station_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.device
    ADD CONSTRAINT device_station_id_fkey FOREIGN KEY (station_id) REFERENCES public.station(id);


--
-- Name: movement movement_run_id_no_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.movement
    ADD CONSTRAINT movement_run_id_no_fkey FOREIGN KEY (run_id, no) REFERENCES public.act(run_id, no);


--
-- Name: paper paper_run_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.paper
    ADD CONSTRAINT paper_run_id_fkey FOREIGN KEY (run_id) REFERENCES public.run(id);


--
-- Name: print_job print_job_run_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.print_job
    ADD CONSTRAINT print_job_run_id_fkey FOREIGN KEY (run_id) REFERENCES public.run(id);


--
-- Name: run run_group_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.run
    ADD CONSTRAINT run_group_id_fkey FOREIGN KEY (group_id) REFERENCES public.student_group(id);


--
-- Name: run run_station_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.run
    ADD CONSTRAINT run_station_id_fkey FOREIGN KEY (station_id) REFERENCES public.station(id);


--
-- Name: session session_account_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.session
    ADD CONSTRAINT session_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.account(id);


--
-- PostgreSQL database dump complete
--


