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
    answer text NOT NULL,
    format bigint DEFAULT 1 NOT NULL,
    certain bigint,
    person bigint,
    on_behalf bigint,
    hand text,
    place text,
    run_millis bigint,
    day bigint,
    outcome text,
    before text
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
    lpn text DEFAULT ''::text NOT NULL,
    status text DEFAULT 'available'::text NOT NULL,
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
-- Name: device_complaint; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.device_complaint (
    device text NOT NULL,
    "position" bigint NOT NULL,
    fault text NOT NULL,
    at bigint NOT NULL,
    arrived_at bigint NOT NULL
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
    answer text NOT NULL,
    aside text,
    aside_run bigint
);


--
-- Name: free_text; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.free_text (
    run_id bigint NOT NULL,
    no bigint NOT NULL,
    person bigint,
    salt text NOT NULL,
    texts text NOT NULL
);


--
-- Name: health; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.health (
    id bigint NOT NULL,
    at bigint NOT NULL
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
    from_lpn text DEFAULT ''::text NOT NULL,
    from_status text DEFAULT 'available'::text NOT NULL,
    to_lpn text DEFAULT ''::text NOT NULL,
    to_status text DEFAULT 'available'::text NOT NULL,
    CONSTRAINT movement_check CHECK (((to_location <> from_location) OR (to_lpn <> from_lpn) OR (to_status <> from_status))),
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
    last_act bigint NOT NULL,
    made_boot bigint,
    made_moment bigint,
    scenario_hash text
);


--
-- Name: scenario; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.scenario (
    hash text NOT NULL,
    format bigint NOT NULL,
    body text NOT NULL
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
1	identity	2026-11-27 10:51:53.591239+00	t	\\x79d5ed95e9050ea85f0a2fd46d2166f18d4c5c6a23e51107d7fb3b966c209a1f5bb220a59de0c4a6febbfef72e8d717b	4327765
2	floor	2026-11-27 10:51:53.596028+00	t	\\xd142b3033d874bc1c4b3af98764a5e1e8b43daf4dbad6db085b45704350339cdd697233dcc024f7786ea69eafd31763d	10545884
3	indexes	2026-11-27 10:51:53.606917+00	t	\\x695ecb1975f23269a2c099f7d044b94516d684684f3995c3c275ff37551eac7c670d4668182bb01f23ee200baaf4d6cd	1537750
4	device words	2026-11-27 10:51:53.608691+00	t	\\xa3683ad56a5e839d17eb8e9fd865dc21f973ed9da33848fc7d660a6e097932cdfdd7b0c8a2d11d2ea2d3962e30fde528	928864
5	certain times	2026-11-27 10:51:53.609856+00	t	\\x38f8a499a735aea4f50abf03be4cc58cad16e6bb98a2101bbcbf2b4158c2dc9d2b7a13de1b1728e1d9fff1174131c96f	1251073
6	reads	2026-11-27 10:51:53.611404+00	t	\\xe360d65397711d8a5c28f9333c952dba4c54f6085efc91377628f1f063ca0f263f14c84700f6aed90a41271b1e259069	4757564
7	health	2026-11-27 10:51:53.616463+00	t	\\x22361c0f855f995ac005b7c50b3ab75d07acc5c4e6ebdaa0265de2f357d99b7e030b9cc6924ed5aa81d32a1ae5c02f97	1047309
8	ground	2026-11-27 10:51:53.617682+00	t	\\x3b9db721a872d9bbaa848cea6f0437f30171af8dedf498a7883d6c346f6f9c3a4b501003f6e516dec48ee6579e459339	5794960
\.


--
-- Data for Name: account; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.account (id, login, name, role, group_id, password, created_at) FROM stdin;
1	zhang	张晨	student	1	\N	1795776713629
2	li	李悦	student	1	\N	1795776713629
3	wang	王朗	student	2	\N	1795776713629
4	zhao	赵宁	student	2	\N	1795776713629
5	chen	陈老师	instructor	\N	\N	1795776713629
6	sun	孙技师	technician	\N	\N	1795776713629
\.


--
-- Data for Name: act; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.act (run_id, no, source, at, arrived_at, actor, act, changes, answer, format, certain, person, on_behalf, hand, place, run_millis, day, outcome, before) FROM stdin;
1	1	open:1	1795776713981	1795776713984	{"who":"person","id":1,"role":"student"}	{"do":"open"}	[{"area":"ground","change":"moved","sku":"RY001","lot":"2026-03-02","from":{"location":"@opening"},"to":{"location":"A-01-01-01"},"quantity":6},{"area":"ground","change":"moved","sku":"RY002","lot":"2026-05-11","from":{"location":"@opening"},"to":{"location":"A-01-01-02"},"quantity":12},{"area":"ground","change":"moved","sku":"RY003","lot":"2026-04-20","from":{"location":"@opening"},"to":{"location":"A-01-01-03"},"quantity":20},{"area":"ground","change":"moved","sku":"RY004","lot":"2026-01-15","from":{"location":"@opening"},"to":{"location":"A-01-02-01"},"quantity":8},{"area":"ground","change":"moved","sku":"RY005","lot":"2026-02-08","from":{"location":"@opening"},"to":{"location":"A-01-02-02"},"quantity":9},{"area":"ground","change":"moved","sku":"RY006","lot":"2026-06-01","from":{"location":"@opening"},"to":{"location":"A-01-02-03"},"quantity":5},{"area":"ground","change":"moved","sku":"RY010","lot":"2025-12-01","from":{"location":"@opening"},"to":{"location":"A-01-03-01"},"quantity":14},{"area":"ground","change":"moved","sku":"RY002","lot":"2026-05-11","from":{"location":"@opening"},"to":{"location":"S-01-01-01"},"quantity":200},{"area":"ground","change":"moved","sku":"RY006","lot":"2026-06-01","from":{"location":"@opening"},"to":{"location":"S-01-01-02"},"quantity":144},{"area":"ground","change":"paper_made","number":"RT-20261127-0001-01","kind":"inbound_notice","order":null,"by":{"who":"person","id":1},"at":1795776713981}]	{"run":1,"no":1,"words":{"mark":"right","was":{"key":"drill.begun"},"then":{"key":"drill.begun_then"}},"verdict":"right"}	3	1	1	\N	page	1	3	20261127	right	\N
1	2	device:5649525400000101:3925655403:2	1795776713994	1795776713994	{"who":"device","device":"5649525400000101"}	{"do":"scan","code":"CMD-CONFIRM"}	[{"area":"inbound","change":"notice_opened"}]	{"run":1,"no":2,"words":{"mark":"right","was":{"key":"receive.opened","with":{"lines":"3"}},"then":{"key":"receive.opened_then"}},"verdict":"right"}	3	1	\N	\N	device:5649525400000101	1	16	20261127	right	89f2deae204db9202d5f2de2baf69f66498ed109ad1d48cf603f980afc3909c3
1	3	device:5649525400000101:3925655403:3	1795776714032	1795776714033	{"who":"device","device":"5649525400000101"}	{"do":"scan","code":"6901234567892"}	[]	{"run":1,"no":3,"words":{"mark":"wrong","was":{"key":"scan.unknown","with":{"code":"6901234567892"}},"then":{"key":"scan.unknown_then"}},"verdict":"wrong"}	3	1	\N	\N	device:5649525400000101	1	54	20261127	wrong	7a5bdccf35ee20119cf077e9ce40a083a4a0f364f41c84fe3686536bd2713648
1	4	device:5649525400000101:3925655403:4	1795776714073	1795776714073	{"who":"device","device":"5649525400000101"}	{"do":"scan","code":"12000152400043"}	[{"area":"inbound","change":"counted","line":2,"units":12}]	{"run":1,"no":4,"words":{"mark":"right","was":{"key":"receive.counted","with":{"cases":"3","counted":"1","goods":"RY004 沐浴露 750ml"}},"then":{"key":"receive.go_on"}},"verdict":"right"}	3	1	\N	\N	device:5649525400000101	1	95	20261127	right	95e9d308bb91608ab9f5405e3917b1728f9781cd548e1735b609b102b5c67535
1	5	device:5649525400000101:3925655403:5	1795776714110	1795776714111	{"who":"device","device":"5649525400000101"}	{"do":"scan","code":"12000152400012"}	[{"area":"inbound","change":"counted","line":0,"units":6}]	{"run":1,"no":5,"words":{"mark":"right","was":{"key":"receive.counted","with":{"cases":"4","counted":"1","goods":"RY001 洗衣液 2kg"}},"then":{"key":"receive.go_on"}},"verdict":"right"}	3	1	\N	\N	device:5649525400000101	1	132	20261127	right	0f0694c46c5a2c9882c467a2b5564ee460da49fb77e93fd0fe51dddab500d201
1	6	device:5649525400000101:3925655403:6	1795776714148	1795776714149	{"who":"device","device":"5649525400000101"}	{"do":"scan","code":"CMD-BACK"}	[{"area":"inbound","change":"counted","line":0,"units":-6}]	{"run":1,"no":6,"words":{"mark":"waiting","was":{"key":"receive.taken_back","with":{"cases":"4","counted":"0","goods":"RY001 洗衣液 2kg"}},"then":{"key":"receive.go_on"}},"verdict":"stored"}	3	1	\N	\N	device:5649525400000101	1	170	20261127	waiting	c40fc27dff2e8da69f873e1b5125e48b5609657089b04c0c7e730aa6d2b90cfc
1	7	device:5649525400000101:3925655403:7	1795776714183	1795776714184	{"who":"device","device":"5649525400000101"}	{"do":"scan","code":"12000152400012"}	[{"area":"inbound","change":"counted","line":0,"units":6}]	{"run":1,"no":7,"words":{"mark":"right","was":{"key":"receive.counted","with":{"cases":"4","counted":"1","goods":"RY001 洗衣液 2kg"}},"then":{"key":"receive.go_on"}},"verdict":"right"}	3	1	\N	\N	device:5649525400000101	1	205	20261127	right	bad1c1894ab6b846c4924051563b574aadd05ba5fb92494f94ebbdd05397cf7c
1	8	device:5649525400000101:3925655403:8	1795776714218	1795776714219	{"who":"device","device":"5649525400000101"}	{"do":"scan","code":"12000152400012"}	[{"area":"inbound","change":"counted","line":0,"units":6}]	{"run":1,"no":8,"words":{"mark":"right","was":{"key":"receive.counted","with":{"cases":"4","counted":"2","goods":"RY001 洗衣液 2kg"}},"then":{"key":"receive.go_on"}},"verdict":"right"}	3	1	\N	\N	device:5649525400000101	1	240	20261127	right	ba569c1724c26fd0c91a4278930972c6565ebaa1c3360793a9ec8ae2c481f570
1	9	device:5649525400000101:3925655403:9	1795776714254	1795776714254	{"who":"device","device":"5649525400000101"}	{"do":"scan","code":"12000152400012"}	[{"area":"inbound","change":"counted","line":0,"units":6}]	{"run":1,"no":9,"words":{"mark":"right","was":{"key":"receive.counted","with":{"cases":"4","counted":"3","goods":"RY001 洗衣液 2kg"}},"then":{"key":"receive.go_on"}},"verdict":"right"}	3	1	\N	\N	device:5649525400000101	1	276	20261127	right	cb385410a1eaac8ccedc80367e37806abfaa011ed4db97dd0d372f446dcd2129
1	10	device:5649525400000101:3925655403:10	1795776714291	1795776714291	{"who":"device","device":"5649525400000101"}	{"do":"scan","code":"12000152400012"}	[{"area":"inbound","change":"counted","line":0,"units":6}]	{"run":1,"no":10,"words":{"mark":"right","was":{"key":"receive.counted","with":{"cases":"4","counted":"4","goods":"RY001 洗衣液 2kg"}},"then":{"key":"receive.full"}},"verdict":"right"}	3	1	\N	\N	device:5649525400000101	1	313	20261127	right	b63f55e0d2fe90333d37254c778b919387dbbf118d096f07d7b8280326642db9
1	11	device:5649525400000101:3925655403:11	1795776714324	1795776714324	{"who":"device","device":"5649525400000101"}	{"do":"scan","code":"CMD-CONFIRM"}	[{"area":"ground","change":"moved","sku":"RY001","lot":"2026-09-08","from":{"location":"@supplier"},"to":{"location":"R"},"quantity":24},{"area":"inbound","change":"line_done","line":0,"difference":null}]	{"run":1,"no":11,"words":{"mark":"right","was":{"key":"receive.line_complete","with":{"cases":"4","goods":"RY001 洗衣液 2kg"}},"then":{"key":"receive.next_line","with":{"rest":"2"}}},"verdict":"right"}	3	1	\N	\N	device:5649525400000101	1	346	20261127	right	925ac9826cb84821818a1d63d75e9c337aadb59d23fc4cc7924a5f2e05c106f2
1	22	device:5649525400000101:3925655403:21	1795776714712	1795776714713	{"who":"device","device":"5649525400000101"}	{"do":"scan","code":"CMD-BACK"}	[{"area":"inbound","change":"aimed","line":null}]	{"run":1,"no":22,"words":{"mark":"waiting","was":{"key":"put_away.forgotten"},"then":{"key":"put_away.scan_first_then"}},"verdict":"stored"}	3	1	\N	\N	device:5649525400000101	1	734	20261127	waiting	bae63613649e503342985e48e9a21a767d27a02b0ad2b3fb7d663cce129716f2
1	12	device:5649525400000101:3925655403:12	1795776714363	1795776714363	{"who":"device","device":"5649525400000101"}	{"do":"scan","code":"12000152400036"}	[{"area":"inbound","change":"counted","line":1,"units":72}]	{"run":1,"no":12,"words":{"mark":"right","was":{"key":"receive.counted","with":{"cases":"3","counted":"1","goods":"RY003 牙膏 120g"}},"then":{"key":"receive.go_on"}},"verdict":"right"}	3	1	\N	\N	device:5649525400000101	1	385	20261127	right	6cd3af0d2299495f1b150ddba494d247d939b9f607fd6de426cc71097264b349
1	18	device:5649525400000101:3925655403:17	1795776714562	1795776714562	{"who":"device","device":"5649525400000101"}	{"do":"scan","code":"CMD-CONFIRM"}	[{"area":"ground","change":"moved","sku":"RY004","lot":"2026-08-30","from":{"location":"@supplier"},"to":{"location":"R"},"quantity":36},{"area":"inbound","change":"line_done","line":2,"difference":null}]	{"run":1,"no":18,"words":{"mark":"right","was":{"key":"receive.line_complete","with":{"cases":"3","goods":"RY004 沐浴露 750ml"}},"then":{"key":"receive.all_done_then"}},"verdict":"right"}	3	1	\N	\N	device:5649525400000101	1	584	20261127	right	de9ba4b4f971ea4f9c14d904b674670816f6fc0cc8cb0021b60978a6385176eb
1	38	device:5649525400000100:2163036803:9	1795776715301	1795776715302	{"who":"device","device":"5649525400000100"}	{"do":"key","position":2,"key":"confirm","count":4,"tag":1007}	[{"area":"ground","change":"reserved","place":{"location":"A-01-01-03","sku":"RY003","lot":"2026-04-20"},"quantity":-4},{"area":"ground","change":"moved","sku":"RY003","lot":"2026-04-20","from":{"location":"A-01-01-03"},"to":{"location":"P"},"quantity":4},{"area":"outbound","change":"picked","tag":1007,"quantity":4},{"area":"ground","change":"wanted","want":{"order":"CK-0003","sku":"RY003","lot":"2026-04-20","face":"A-01-01-03"},"units":-4}]	{"run":1,"no":38,"words":{"mark":"right","was":{"key":"pick.right","with":{"goods":"RY003 牙膏 120g","taken":"4","unit":"支"}},"then":{"key":"pick.all_done_then"}},"verdict":"right"}	3	1	\N	\N	device:5649525400000100	1	1323	20261127	right	084e24e18dbdbbfb540ff58b230d4f070285f6b5969eed49d997984253a463d8
1	42	device:5649525400000103:2142068799:2	1795776715482	1795776715482	{"who":"device","device":"5649525400000103"}	{"do":"weight","grams":300,"stable":false}	[]	{"run":1,"no":42,"words":{"mark":"waiting","was":{"key":"weigh.unstable"},"then":{"key":"weigh.unstable_then"}},"verdict":"stored"}	3	1	\N	\N	device:5649525400000103	1	1504	20261127	waiting	56ba135a8fe9463b88ad44c27e059e18ca76b7693f4b3bb47e3031e05074619d
1	46	device:5649525400000103:2142068799:5	1795776716393	1795776716394	{"who":"device","device":"5649525400000103"}	{"do":"weight","grams":0,"stable":true}	[]	{"run":1,"no":46,"words":null,"verdict":null}	3	1	\N	\N	device:5649525400000103	1	2415	20261127	silent	dc4cca16038f6fe1f4953300fbce33c7953932d41b1b9d1e727cc9e5d747f521
1	51	device:5649525400000101:3925655403:33	1795776718343	1795776718344	{"who":"device","device":"5649525400000101"}	{"do":"scan","code":"2000152400015"}	[{"area":"outbound","change":"checked","order":0,"line":0,"units":1}]	{"run":1,"no":51,"words":{"mark":"right","was":{"key":"check.right","with":{"checked":"1","goods":"RY001 洗衣液 2kg","picked":"2","unit":"瓶"}},"then":{"key":"check.rest","with":{"rest":"2"}}},"verdict":"right"}	3	1	\N	\N	device:5649525400000101	1	4365	20261127	right	8aae827f1768483c4898e4b0686c0f381e3945ec756545218f3e97793cfa3257
1	62	device:5649525400000103:2142068799:11	1795776719631	1795776719631	{"who":"device","device":"5649525400000103"}	{"do":"weight","grams":3650,"stable":true}	[{"area":"outbound","change":"weighed","order":1,"grams":3650},{"area":"ground","change":"label_queued","job":1005,"label":{"kind":"parcel","order":"CK-0002","customer":"李**","weight":"3.65 kg","parcel":"1/1"}}]	{"run":1,"no":62,"words":{"mark":"right","was":{"key":"weigh.right","with":{"computed":"3650","grams":"3650","order":"CK-0002"}},"then":{"key":"weigh.next_order"}},"verdict":"right"}	3	1	\N	\N	device:5649525400000103	1	5653	20261127	right	f42c73c6e3244789f50b2cdb1337d328ee863ad9b62d861b23cec281767d40aa
1	70	device:5649525400000101:3925655403:45	1795776720262	1795776720264	{"who":"device","device":"5649525400000101"}	{"do":"scan","code":"CK-0001"}	[{"area":"ground","change":"moved","sku":"RY001","lot":"2026-03-02","from":{"location":"P"},"to":{"location":"@customer"},"quantity":2},{"area":"ground","change":"moved","sku":"RY003","lot":"2026-04-20","from":{"location":"P"},"to":{"location":"@customer"},"quantity":1},{"area":"outbound","change":"handed_over","order":0},{"area":"ground","change":"paper_moved","number":"CK-20261127-0001-01","state":"submitted","remark":""}]	{"run":1,"no":70,"words":{"mark":"right","was":{"key":"ship.right","with":{"courier":"训练速递","order":"CK-0001"}},"then":{"key":"ship.rest","with":{"rest":"2"}}},"verdict":"right"}	3	1	\N	\N	device:5649525400000101	1	6284	20261127	right	4eee8dcf084942edff2bb3b8e237715c120814ec374ca8f15f357c786878673a
1	76	person:2:test-2	1795776720387	1795776720387	{"who":"person","id":2,"role":"student"}	{"do":"sign","number":"RT-20261127-0001-01","as_whom":"supervisor"}	[]	{"run":1,"no":76,"words":{"mark":"wrong","was":{"key":"signing.not_you","with":{"number":"RT-20261127-0001-01"}}},"verdict":"wrong"}	3	1	2	\N	page	1	6409	20261127	wrong	9bd61d6c2b526371b86b81f255859202b6f553f8e9249bd7b5fc29f6f736048a
1	84	person:2:test-10	1795776720403	1795776720403	{"who":"person","id":2,"role":"student"}	{"do":"sign","number":"RK-20261127-0001-01","as_whom":"maker"}	[]	{"run":1,"no":84,"words":{"mark":"wrong","was":{"key":"signing.not_you","with":{"number":"RK-20261127-0001-01"}}},"verdict":"wrong"}	3	1	2	\N	page	1	6425	20261127	wrong	066dc3ebd7430e8323956e61d0c7e25fde778be54e70c80feccc84e2ebf158a0
1	92	person:2:test-18	1795776720418	1795776720418	{"who":"person","id":2,"role":"student"}	{"do":"sign","number":"JH-20261127-0001-01","as_whom":"student"}	[]	{"run":1,"no":92,"words":{"mark":"wrong","was":{"key":"signing.not_you","with":{"number":"JH-20261127-0001-01"}}},"verdict":"wrong"}	3	1	2	\N	page	1	6440	20261127	wrong	c4369295492890979b7b427a17750d4a6fe4dab01306299ce7e27e284da25f99
1	100	person:2:test-26	1795776720435	1795776720435	{"who":"person","id":2,"role":"student"}	{"do":"sign","number":"CK-20261127-0001-02","as_whom":"supervisor"}	[{"area":"ground","change":"signed","number":"CK-20261127-0001-02","as_whom":"supervisor","by":{"who":"person","id":2},"at":1795776720435}]	{"run":1,"no":100,"words":{"mark":"right","was":{"key":"signing.signed","with":{"number":"CK-20261127-0001-02"}}},"verdict":"right"}	3	1	2	\N	page	1	6457	20261127	right	cdbc41ac9722519c67f7f5b1892505307efb2e02326a6441a41c0b037e762702
1	108	person:2:test-34	1795776720452	1795776720452	{"who":"person","id":2,"role":"student"}	{"do":"sign","number":"CK-20261127-0001-03","as_whom":"maker"}	[{"area":"ground","change":"signed","number":"CK-20261127-0001-03","as_whom":"maker","by":{"who":"person","id":2},"at":1795776720452}]	{"run":1,"no":108,"words":{"mark":"right","was":{"key":"signing.signed","with":{"number":"CK-20261127-0001-03"}}},"verdict":"right"}	3	1	2	\N	page	1	6474	20261127	right	511f09aae915f6fc25a38db1d0a2bb7566b890be5f3fe17c37a3a1448469e07e
1	13	device:5649525400000101:3925655403:13	1795776714400	1795776714400	{"who":"device","device":"5649525400000101"}	{"do":"scan","code":"12000152400036"}	[{"area":"inbound","change":"counted","line":1,"units":72}]	{"run":1,"no":13,"words":{"mark":"right","was":{"key":"receive.counted","with":{"cases":"3","counted":"2","goods":"RY003 牙膏 120g"}},"then":{"key":"receive.go_on"}},"verdict":"right"}	3	1	\N	\N	device:5649525400000101	1	422	20261127	right	d0796fbe964a1656d9547c9d7ee27b8e14d45173e5fb931d4517e4bd2756d2c3
1	20	device:5649525400000101:3925655403:19	1795776714638	1795776714641	{"who":"device","device":"5649525400000101"}	{"do":"scan","code":"S-01-01-01"}	[]	{"run":1,"no":20,"words":{"mark":"wrong","was":{"key":"put_away.wrong_location","with":{"location":"S-01-01-01","should":"S-01-01-03"}},"then":{"key":"put_away.wrong_location_then","with":{"goods":"RY001 洗衣液 2kg","should":"S-01-01-03"}}},"verdict":"wrong"}	3	1	\N	\N	device:5649525400000101	1	660	20261127	wrong	f579c47648373325a395154cd42ca943ccb1a82351596ba7a49ccda64d1c52a1
1	24	device:5649525400000101:3925655403:23	1795776714783	1795776714785	{"who":"device","device":"5649525400000101"}	{"do":"scan","code":"12000152400012"}	[{"area":"ground","change":"moved","sku":"RY001","lot":"2026-09-08","from":{"location":"R"},"to":{"location":"S-01-01-03","lpn":"LP-0001-001"},"quantity":24},{"area":"inbound","change":"put_away","line":0}]	{"run":1,"no":24,"words":{"mark":"right","was":{"key":"put_away.done","with":{"goods":"RY001 洗衣液 2kg","location":"S-01-01-03","quantity":"24 瓶"}},"then":{"key":"put_away.next","with":{"rest":"2"}}},"verdict":"right"}	3	1	\N	\N	device:5649525400000101	1	805	20261127	right	f7398f4ca67166734ead8b663d96e30aee79086a3c95c366c7727705618d115f
1	28	device:5649525400000101:3925655403:27	1795776714927	1795776714928	{"who":"device","device":"5649525400000101"}	{"do":"scan","code":"12000152400043"}	[{"area":"ground","change":"moved","sku":"RY004","lot":"2026-08-30","from":{"location":"R"},"to":{"location":"S-01-02-01","lpn":"LP-0001-003"},"quantity":36},{"area":"inbound","change":"put_away","line":2}]	{"run":1,"no":28,"words":{"mark":"right","was":{"key":"put_away.done","with":{"goods":"RY004 沐浴露 750ml","location":"S-01-02-01","quantity":"36 瓶"}},"then":{"key":"put_away.all_done_then"}},"verdict":"right"}	3	1	\N	\N	device:5649525400000101	1	949	20261127	right	493d6d27b60d4f971554e38f12e971dc9e69f9f3cd15f27c8a9b49a43c156bd0
1	32	device:5649525400000100:2163036803:3	1795776715087	1795776715088	{"who":"device","device":"5649525400000100"}	{"do":"key","position":2,"key":"confirm","count":1,"tag":1003}	[{"area":"ground","change":"reserved","place":{"location":"A-01-01-03","sku":"RY003","lot":"2026-04-20"},"quantity":-1},{"area":"ground","change":"moved","sku":"RY003","lot":"2026-04-20","from":{"location":"A-01-01-03"},"to":{"location":"P"},"quantity":1},{"area":"outbound","change":"picked","tag":1003,"quantity":1},{"area":"ground","change":"wanted","want":{"order":"CK-0001","sku":"RY003","lot":"2026-04-20","face":"A-01-01-03"},"units":-1}]	{"run":1,"no":32,"words":{"mark":"right","was":{"key":"pick.right","with":{"goods":"RY003 牙膏 120g","taken":"1","unit":"支"}},"then":{"key":"pick.next_order"}},"verdict":"right"}	3	1	\N	\N	device:5649525400000100	1	1109	20261127	right	6c7a834993e7654ccf72188fcb8670ab7e667b541a07ae2ccdad49efd7d4828d
1	34	device:5649525400000100:2163036803:5	1795776715119	1795776715126	{"who":"device","device":"5649525400000100"}	{"do":"key","position":20,"key":"confirm","count":null,"tag":0}	[]	{"run":1,"no":34,"words":{"mark":"wrong","was":{"key":"pick.dark","with":{"location":"A-01-03-05"}},"then":{"key":"pick.dark_then","with":{"goods":"RY006 洗洁精 1.1kg","location":"A-01-02-03","quantity":"1 瓶"}}},"verdict":"wrong"}	3	1	\N	\N	device:5649525400000100	1	1141	20261127	wrong	4aaf626e24c338b93d0c93661f3e1d86858232d4efa2f364ddeafbdb3ed594ce
1	56	device:5649525400000101:3925655403:36	1795776718950	1795776718952	{"who":"device","device":"5649525400000101"}	{"do":"scan","code":"2000152400022"}	[{"area":"outbound","change":"check_begun","order":1},{"area":"outbound","change":"checked","order":1,"line":0,"units":1}]	{"run":1,"no":56,"words":{"mark":"right","was":{"key":"check.right","with":{"checked":"1","goods":"RY002 抽纸 3层130抽","picked":"3","unit":"提"}},"then":{"key":"check.rest","with":{"rest":"4"}}},"verdict":"right"}	3	1	\N	\N	device:5649525400000101	1	4972	20261127	right	03490740616904a68a4d125ec95056fa6c8d50e9bb426043394f473bab4fcd4d
1	72	device:5649525400000103:2142068799:14	1795776720337	1795776720338	{"who":"device","device":"5649525400000103"}	{"do":"weight","grams":0,"stable":false}	[]	{"run":1,"no":72,"words":null,"verdict":null}	3	1	\N	\N	device:5649525400000103	1	6359	20261127	silent	3099308e74efbb7580e0a14477cd9979baba5c40885f47f857ff73be035d0b3a
1	81	person:2:test-7	1795776720397	1795776720397	{"who":"person","id":2,"role":"student"}	{"do":"sign","number":"RK-20261127-0001-01","as_whom":"driver"}	[{"area":"ground","change":"signed","number":"RK-20261127-0001-01","as_whom":"driver","by":{"who":"person","id":2},"at":1795776720397}]	{"run":1,"no":81,"words":{"mark":"right","was":{"key":"signing.signed","with":{"number":"RK-20261127-0001-01"}}},"verdict":"right"}	3	1	2	\N	page	1	6419	20261127	right	74dad726a10975c66f7ad8643a7128725ff0afffba003027565d6090df629929
1	89	person:2:test-15	1795776720412	1795776720412	{"who":"person","id":2,"role":"student"}	{"do":"sign","number":"JH-20261127-0001-01","as_whom":"picker"}	[{"area":"ground","change":"signed","number":"JH-20261127-0001-01","as_whom":"picker","by":{"who":"person","id":2},"at":1795776720412}]	{"run":1,"no":89,"words":{"mark":"right","was":{"key":"signing.signed","with":{"number":"JH-20261127-0001-01"}}},"verdict":"right"}	3	1	2	\N	page	1	6434	20261127	right	6f547b923931eeb5442585a91b1312bb877e79de014df1cc68c1a781dbd8d145
1	97	person:2:test-23	1795776720428	1795776720429	{"who":"person","id":2,"role":"student"}	{"do":"sign","number":"CK-20261127-0001-01","as_whom":"owner"}	[]	{"run":1,"no":97,"words":{"mark":"wrong","was":{"key":"signing.not_you","with":{"number":"CK-20261127-0001-01"}}},"verdict":"wrong"}	3	1	2	\N	page	1	6450	20261127	wrong	46004be6c5de6ea6ef7bce13cdb04dd99c4aad0de76e4fafeec45a04dd1d8f17
1	105	person:2:test-31	1795776720446	1795776720447	{"who":"person","id":2,"role":"student"}	{"do":"sign","number":"CK-20261127-0001-03","as_whom":"driver"}	[]	{"run":1,"no":105,"words":{"mark":"wrong","was":{"key":"signing.not_you","with":{"number":"CK-20261127-0001-03"}}},"verdict":"wrong"}	3	1	2	\N	page	1	6468	20261127	wrong	ae78c9930c1262d497c00c349a95b3949531cdd668fd271c7018de321c75e41e
1	113	person:2:test-39	1795776720462	1795776720462	{"who":"person","id":2,"role":"student"}	{"do":"sign","number":"RZ-20261127-0001-01","as_whom":"picker"}	[]	{"run":1,"no":113,"words":{"mark":"wrong","was":{"key":"signing.not_you","with":{"number":"RZ-20261127-0001-01"}}},"verdict":"wrong"}	3	1	2	\N	page	1	6484	20261127	wrong	514bb7cb96955b415f0ece97b82008c704295713a9629f38e1aa474682afecbf
1	14	person:1:test-1	1795776714434	1795776714435	{"who":"person","id":1,"role":"student"}	{"do":"record_short","sku":"RY003","reason":"0:6fcaa5179494884ace7e286088796ea86b7e9e448d11c5a0490c0f601415609b"}	[{"area":"ground","change":"moved","sku":"RY003","lot":"2026-08-21","from":{"location":"@supplier"},"to":{"location":"R"},"quantity":144},{"area":"inbound","change":"line_done","line":1,"difference":{"key":"receive.reason_given","with":{"text":"0:6fcaa5179494884ace7e286088796ea86b7e9e448d11c5a0490c0f601415609b"}}},{"area":"ground","change":"noted","what":{"key":"receive.short_recorded","with":{"goods":"RY003 牙膏 120g","missing":"1","reason":{"key":"receive.reason_given","with":{"text":"0:6fcaa5179494884ace7e286088796ea86b7e9e448d11c5a0490c0f601415609b"}}}},"at":1795776714434}]	{"run":1,"no":14,"words":{"mark":"right","was":{"key":"receive.short_recorded","with":{"goods":"RY003 牙膏 120g","missing":"1","reason":{"key":"receive.reason_given","with":{"text":"0:6fcaa5179494884ace7e286088796ea86b7e9e448d11c5a0490c0f601415609b"}}}},"then":{"key":"receive.next_line","with":{"rest":"1"}}},"verdict":"right"}	3	1	1	\N	page	1	456	20261127	right	a16a1d48e906d962bf1afcea553668f8a5de5608d7d7ac3dd30e88181ad66e3b
1	17	device:5649525400000101:3925655403:16	1795776714522	1795776714523	{"who":"device","device":"5649525400000101"}	{"do":"scan","code":"12000152400043"}	[]	{"run":1,"no":17,"words":{"mark":"waiting","was":{"key":"receive.over","with":{"cases":"3","goods":"RY004 沐浴露 750ml"}},"then":{"key":"receive.over_then"}},"verdict":"stored"}	3	1	\N	\N	device:5649525400000101	1	544	20261127	waiting	8bea9ea0ecce9d866714d3a4a97afe23a52dfc1da3ae80ec6b490743b1ad4e9c
1	37	device:5649525400000100:2163036803:8	1795776715255	1795776715255	{"who":"device","device":"5649525400000100"}	{"do":"key","position":16,"key":"confirm","count":1,"tag":1006}	[{"area":"ground","change":"reserved","place":{"location":"A-01-03-01","sku":"RY010","lot":"2025-12-01"},"quantity":-2},{"area":"ground","change":"moved","sku":"RY010","lot":"2025-12-01","from":{"location":"A-01-03-01"},"to":{"location":"P"},"quantity":1},{"area":"outbound","change":"picked","tag":1006,"quantity":1},{"area":"ground","change":"wanted","want":{"order":"CK-0002","sku":"RY010","lot":"2025-12-01","face":"A-01-03-01"},"units":-2},{"area":"ground","change":"wanted","want":{"order":"CK-0002","sku":"RY010"},"units":1},{"area":"ground","change":"noted","what":{"key":"pick.short","with":{"goods":"RY010 湿巾 80抽","location":"A-01-03-01","order":"CK-0002","taken":"1","unit":"包","wanted":"2"}},"at":1795776715255}]	{"run":1,"no":37,"words":{"mark":"right","was":{"key":"pick.short","with":{"goods":"RY010 湿巾 80抽","location":"A-01-03-01","order":"CK-0002","taken":"1","unit":"包","wanted":"2"}},"then":{"key":"pick.next_order"}},"verdict":"right"}	3	1	\N	\N	device:5649525400000100	1	1277	20261127	right	2fe0c2c353a726e875ffe15d15916d52ad91ceb14f3627434f5afe4b9481efef
1	41	device:5649525400000101:3925655403:32	1795776715400	1795776715400	{"who":"device","device":"5649525400000101"}	{"do":"scan","code":"2000152400039"}	[{"area":"outbound","change":"checked","order":0,"line":1,"units":1}]	{"run":1,"no":41,"words":{"mark":"right","was":{"key":"check.right","with":{"checked":"1","goods":"RY003 牙膏 120g","picked":"1","unit":"支"}},"then":{"key":"check.complete_then","with":{"grams":"4630"}}},"verdict":"right"}	3	1	\N	\N	device:5649525400000101	1	1422	20261127	right	7f68f52cb8dce35f3c68ac5c49a18880830294fb8286a7823c8e2c1c03218ab8
1	43	device:5649525400000102:1129527348:3	1795776715784	1795776715784	{"who":"device","device":"5649525400000102"}	{"do":"printed","job":1001,"outcome":"done"}	[{"area":"ground","change":"label_state","job":1001,"outcome":"done"}]	{"run":1,"no":43,"words":null,"verdict":null}	3	1	\N	\N	device:5649525400000102	1	1806	20261127	silent	b3dd6b90642cfb1b821ba4877b5538689b49a7d601ba5683dd61bc88d0be7144
1	47	device:5649525400000102:1129527348:4	1795776716603	1795776716604	{"who":"device","device":"5649525400000102"}	{"do":"printed","job":1002,"outcome":"done"}	[{"area":"ground","change":"label_state","job":1002,"outcome":"done"}]	{"run":1,"no":47,"words":null,"verdict":null}	3	1	\N	\N	device:5649525400000102	1	2625	20261127	silent	d581c0f188d6733f6ace4264ea2dea1c182771ea7384e5d0107877cffaeedc7e
1	49	device:5649525400000103:2142068799:6	1795776717910	1795776717911	{"who":"device","device":"5649525400000103"}	{"do":"weight","grams":300,"stable":false}	[]	{"run":1,"no":49,"words":{"mark":"waiting","was":{"key":"weigh.unstable"},"then":{"key":"weigh.unstable_then"}},"verdict":"stored"}	3	1	\N	\N	device:5649525400000103	1	3932	20261127	waiting	59e01fe5428269644a67a294b137c063581bdb90f789e5a5c8087176e988655d
1	61	device:5649525400000101:3925655403:40	1795776719114	1795776719114	{"who":"device","device":"5649525400000101"}	{"do":"scan","code":"2000152400107"}	[{"area":"outbound","change":"checked","order":1,"line":2,"units":1}]	{"run":1,"no":61,"words":{"mark":"right","was":{"key":"check.right","with":{"checked":"1","goods":"RY010 湿巾 80抽","picked":"1","unit":"包"}},"then":{"key":"check.complete_then","with":{"grams":"3650"}}},"verdict":"right"}	3	1	\N	\N	device:5649525400000101	1	5136	20261127	right	979f20538611d23cde9a2cdf2046bf28403bf38732aad399485bcb899d58c2d8
1	63	device:5649525400000101:3925655403:41	1795776719648	1795776719648	{"who":"device","device":"5649525400000101"}	{"do":"scan","code":"2000152400039"}	[{"area":"outbound","change":"check_begun","order":2},{"area":"outbound","change":"checked","order":2,"line":0,"units":1}]	{"run":1,"no":63,"words":{"mark":"right","was":{"key":"check.right","with":{"checked":"1","goods":"RY003 牙膏 120g","picked":"4","unit":"支"}},"then":{"key":"check.rest","with":{"rest":"3"}}},"verdict":"right"}	3	1	\N	\N	device:5649525400000101	1	5670	20261127	right	3b18dddf5230c5628526e43b3005e928ea99262ad6bce0bbe7e91adfc0bb7d20
1	65	device:5649525400000102:1129527348:6	1795776719700	1795776719700	{"who":"device","device":"5649525400000102"}	{"do":"printed","job":1004,"outcome":"done"}	[{"area":"ground","change":"label_state","job":1004,"outcome":"done"}]	{"run":1,"no":65,"words":null,"verdict":null}	3	1	\N	\N	device:5649525400000102	1	5722	20261127	silent	1b91ae6c90256561f874f1506c67ecb0daa9129f13df41ebed4ad9500a761fee
1	67	device:5649525400000103:2142068799:12	1795776719732	1795776719732	{"who":"device","device":"5649525400000103"}	{"do":"weight","grams":0,"stable":false}	[]	{"run":1,"no":67,"words":null,"verdict":null}	3	1	\N	\N	device:5649525400000103	1	5754	20261127	silent	10ba5274ad7f74e47ae037785907df422a33c29c31dfd33ef6b14d1ca60865a4
1	77	person:2:test-3	1795776720389	1795776720389	{"who":"person","id":2,"role":"student"}	{"do":"sign","number":"RT-20261127-0001-01","as_whom":"picker"}	[]	{"run":1,"no":77,"words":{"mark":"wrong","was":{"key":"signing.not_you","with":{"number":"RT-20261127-0001-01"}}},"verdict":"wrong"}	3	1	2	\N	page	1	6411	20261127	wrong	34f461ce512b4d7e180225f6c932067a2b10b68b0fbf239c0030c02f2782d31f
1	15	device:5649525400000101:3925655403:14	1795776714445	1795776714445	{"who":"device","device":"5649525400000101"}	{"do":"scan","code":"12000152400043"}	[{"area":"inbound","change":"counted","line":2,"units":12}]	{"run":1,"no":15,"words":{"mark":"right","was":{"key":"receive.counted","with":{"cases":"3","counted":"2","goods":"RY004 沐浴露 750ml"}},"then":{"key":"receive.go_on"}},"verdict":"right"}	3	1	\N	\N	device:5649525400000101	1	467	20261127	right	cadf41473ed545e1476c625d65de4b8034dd85ea6dcababdc8db70345fcab083
1	16	device:5649525400000101:3925655403:15	1795776714482	1795776714484	{"who":"device","device":"5649525400000101"}	{"do":"scan","code":"12000152400043"}	[{"area":"inbound","change":"counted","line":2,"units":12}]	{"run":1,"no":16,"words":{"mark":"right","was":{"key":"receive.counted","with":{"cases":"3","counted":"3","goods":"RY004 沐浴露 750ml"}},"then":{"key":"receive.full"}},"verdict":"right"}	3	1	\N	\N	device:5649525400000101	1	504	20261127	right	6fda5b0432e7b029fa3d5f5234f89f8ece60f577e4cf0470d9dcc869ffef03a7
1	19	device:5649525400000101:3925655403:18	1795776714601	1795776714601	{"who":"device","device":"5649525400000101"}	{"do":"scan","code":"CMD-NEXT"}	[{"area":"ground","change":"label_queued","job":1001,"label":{"kind":"goods","lpn":"LP-0001-001","sku":"RY001","name":"洗衣液 2kg","lot":"2026-09-08","quantity":"24 瓶"}},{"area":"inbound","change":"placed","line":0,"lpn":"LP-0001-001","location":"S-01-01-03","reason":{"key":"put_away.nearest_free","with":{"max":"24 瓶"}}},{"area":"ground","change":"label_queued","job":1002,"label":{"kind":"goods","lpn":"LP-0001-002","sku":"RY003","name":"牙膏 120g","lot":"2026-08-21","quantity":"144 支"}},{"area":"inbound","change":"placed","line":1,"lpn":"LP-0001-002","location":"S-01-01-04","reason":{"key":"put_away.nearest_free","with":{"max":"24 支"}}},{"area":"ground","change":"label_queued","job":1003,"label":{"kind":"goods","lpn":"LP-0001-003","sku":"RY004","name":"沐浴露 750ml","lot":"2026-08-30","quantity":"36 瓶"}},{"area":"inbound","change":"placed","line":2,"lpn":"LP-0001-003","location":"S-01-02-01","reason":{"key":"put_away.nearest_free","with":{"max":"24 瓶"}}}]	{"run":1,"no":19,"words":{"mark":"right","was":{"key":"receive.labels","with":{"count":"3"}},"then":{"key":"receive.labels_then"}},"verdict":"right"}	3	1	\N	\N	device:5649525400000101	1	623	20261127	right	4399c2ba4aa5033e399cbfc1775e77018495e591dadd8354a1211ce3e2a640f8
1	29	device:5649525400000101:3925655403:28	1795776714964	1795776714964	{"who":"device","device":"5649525400000101"}	{"do":"scan","code":"CMD-CONFIRM"}	[{"area":"ground","change":"paper_made","number":"RK-20261127-0001-01","kind":"receipt","order":null,"by":{"who":"group"},"at":1795776714964},{"area":"ground","change":"paper_moved","number":"RK-20261127-0001-01","state":"submitted","remark":""},{"area":"ground","change":"signed","number":"RK-20261127-0001-01","as_whom":"receiver","by":{"who":"group"},"at":1795776714964},{"area":"ground","change":"paper_moved","number":"RT-20261127-0001-01","state":"submitted","remark":""},{"area":"ground","change":"signed","number":"RT-20261127-0001-01","as_whom":"keeper","by":{"who":"group"},"at":1795776714964}]	{"run":1,"no":29,"words":{"mark":"right","was":{"key":"receive.submitted","with":{"number":"RK-20261127-0001-01"}},"then":{"key":"receive.submitted_then"}},"verdict":"right"}	3	1	\N	\N	device:5649525400000101	1	986	20261127	right	b021484c091323b4b381c2ec977f560187dff2d15905b24aa55b000210f9167f
1	33	device:5649525400000100:2163036803:4	1795776715119	1795776715120	{"who":"device","device":"5649525400000100"}	{"do":"key","position":1,"key":"confirm","count":3,"tag":1004}	[{"area":"ground","change":"reserved","place":{"location":"A-01-01-02","sku":"RY002","lot":"2026-05-11"},"quantity":-3},{"area":"ground","change":"moved","sku":"RY002","lot":"2026-05-11","from":{"location":"A-01-01-02"},"to":{"location":"P"},"quantity":3},{"area":"outbound","change":"picked","tag":1004,"quantity":3},{"area":"ground","change":"wanted","want":{"order":"CK-0002","sku":"RY002","lot":"2026-05-11","face":"A-01-01-02"},"units":-3}]	{"run":1,"no":33,"words":{"mark":"right","was":{"key":"pick.right","with":{"goods":"RY002 抽纸 3层130抽","taken":"3","unit":"提"}},"then":{"key":"pick.next_light","with":{"rest":"2"}}},"verdict":"right"}	3	1	\N	\N	device:5649525400000100	1	1141	20261127	right	c3ca1e24751a0a252a2f34bf3cb18736d7d3a79024a0bdd7ead645fe4ee238a8
1	35	device:5649525400000100:2163036803:6	1795776715162	1795776715163	{"who":"device","device":"5649525400000100"}	{"do":"key","position":10,"key":"confirm","count":1,"tag":1005}	[{"area":"ground","change":"reserved","place":{"location":"A-01-02-03","sku":"RY006","lot":"2026-06-01"},"quantity":-1},{"area":"ground","change":"moved","sku":"RY006","lot":"2026-06-01","from":{"location":"A-01-02-03"},"to":{"location":"P"},"quantity":1},{"area":"outbound","change":"picked","tag":1005,"quantity":1},{"area":"ground","change":"wanted","want":{"order":"CK-0002","sku":"RY006","lot":"2026-06-01","face":"A-01-02-03"},"units":-1}]	{"run":1,"no":35,"words":{"mark":"right","was":{"key":"pick.right","with":{"goods":"RY006 洗洁精 1.1kg","taken":"1","unit":"瓶"}},"then":{"key":"pick.next_light","with":{"rest":"1"}}},"verdict":"right"}	3	1	\N	\N	device:5649525400000100	1	1184	20261127	right	2f906625e21d57f2f3d2040fdee2de213cf5f36dfb584634172b1d8eafa83cf2
1	40	device:5649525400000101:3925655403:31	1795776715363	1795776715364	{"who":"device","device":"5649525400000101"}	{"do":"scan","code":"2000152400015"}	[{"area":"outbound","change":"checked","order":0,"line":0,"units":1}]	{"run":1,"no":40,"words":{"mark":"right","was":{"key":"check.right","with":{"checked":"2","goods":"RY001 洗衣液 2kg","picked":"2","unit":"瓶"}},"then":{"key":"check.rest","with":{"rest":"1"}}},"verdict":"right"}	3	1	\N	\N	device:5649525400000101	1	1385	20261127	right	71c115e8ae452887f2589017a121135c5bf0c4ec897863bfdf68c8b06c9d5291
1	53	device:5649525400000103:2142068799:8	1795776718417	1795776718417	{"who":"device","device":"5649525400000103"}	{"do":"weight","grams":0,"stable":false}	[]	{"run":1,"no":53,"words":null,"verdict":null}	3	1	\N	\N	device:5649525400000103	1	4439	20261127	silent	c2a0a5bbdeb5a4b4a98300a3d36d6a79e4a2309a1b9245334f1ce555b033aa0b
1	60	device:5649525400000101:3925655403:39	1795776719076	1795776719077	{"who":"device","device":"5649525400000101"}	{"do":"scan","code":"2000152400060"}	[{"area":"outbound","change":"checked","order":1,"line":1,"units":1}]	{"run":1,"no":60,"words":{"mark":"right","was":{"key":"check.right","with":{"checked":"1","goods":"RY006 洗洁精 1.1kg","picked":"1","unit":"瓶"}},"then":{"key":"check.rest","with":{"rest":"1"}}},"verdict":"right"}	3	1	\N	\N	device:5649525400000101	1	5098	20261127	right	df3bc942e2ea779da3280bcfc6ac2e37d77328498cd907ca142298c1a1748c2a
1	64	device:5649525400000101:3925655403:42	1795776719683	1795776719683	{"who":"device","device":"5649525400000101"}	{"do":"scan","code":"2000152400039"}	[{"area":"outbound","change":"checked","order":2,"line":0,"units":1}]	{"run":1,"no":64,"words":{"mark":"right","was":{"key":"check.right","with":{"checked":"2","goods":"RY003 牙膏 120g","picked":"4","unit":"支"}},"then":{"key":"check.rest","with":{"rest":"2"}}},"verdict":"right"}	3	1	\N	\N	device:5649525400000101	1	5705	20261127	right	733a4b77dda469bb2fc4ce5ee3733805bd5ac99a7350b5f6c2dbecec960565c8
1	21	device:5649525400000101:3925655403:20	1795776714676	1795776714676	{"who":"device","device":"5649525400000101"}	{"do":"scan","code":"S-01-01-04"}	[{"area":"inbound","change":"aimed","line":1}]	{"run":1,"no":21,"words":{"mark":"right","was":{"key":"put_away.aimed","with":{"goods":"RY003 牙膏 120g","location":"S-01-01-04"}},"then":{"key":"put_away.aimed_then","with":{"lpn":"LP-0001-002"}}},"verdict":"right"}	3	1	\N	\N	device:5649525400000101	1	698	20261127	right	9c42edeac563aa7c4f020ffb3f771bc036bf90d7ddcc55841159229209a96393
1	23	device:5649525400000101:3925655403:22	1795776714746	1795776714748	{"who":"device","device":"5649525400000101"}	{"do":"scan","code":"S-01-01-03"}	[{"area":"inbound","change":"aimed","line":0}]	{"run":1,"no":23,"words":{"mark":"right","was":{"key":"put_away.aimed","with":{"goods":"RY001 洗衣液 2kg","location":"S-01-01-03"}},"then":{"key":"put_away.aimed_then","with":{"lpn":"LP-0001-001"}}},"verdict":"right"}	3	1	\N	\N	device:5649525400000101	1	768	20261127	right	817b88babdccfeb52e1b31cd251b717db881270f6908dac86e7ddd4eed4c1b7e
1	25	device:5649525400000101:3925655403:24	1795776714822	1795776714822	{"who":"device","device":"5649525400000101"}	{"do":"scan","code":"S-01-01-04"}	[{"area":"inbound","change":"aimed","line":1}]	{"run":1,"no":25,"words":{"mark":"right","was":{"key":"put_away.aimed","with":{"goods":"RY003 牙膏 120g","location":"S-01-01-04"}},"then":{"key":"put_away.aimed_then","with":{"lpn":"LP-0001-002"}}},"verdict":"right"}	3	1	\N	\N	device:5649525400000101	1	844	20261127	right	9dc8e91a76f2135c855ec3058c0300034cd286a2ae45f571b19fe98ff1bb423c
1	27	device:5649525400000101:3925655403:26	1795776714893	1795776714893	{"who":"device","device":"5649525400000101"}	{"do":"scan","code":"S-01-02-01"}	[{"area":"inbound","change":"aimed","line":2}]	{"run":1,"no":27,"words":{"mark":"right","was":{"key":"put_away.aimed","with":{"goods":"RY004 沐浴露 750ml","location":"S-01-02-01"}},"then":{"key":"put_away.aimed_then","with":{"lpn":"LP-0001-003"}}},"verdict":"right"}	3	1	\N	\N	device:5649525400000101	1	915	20261127	right	61738a5be8d2620930ec9eee89a0a2bb671cb1d8cf97da8df4885d9830ee82d5
1	31	device:5649525400000100:2163036803:2	1795776715042	1795776715043	{"who":"device","device":"5649525400000100"}	{"do":"key","position":0,"key":"confirm","count":2,"tag":1002}	[{"area":"ground","change":"reserved","place":{"location":"A-01-01-01","sku":"RY001","lot":"2026-03-02"},"quantity":-2},{"area":"ground","change":"moved","sku":"RY001","lot":"2026-03-02","from":{"location":"A-01-01-01"},"to":{"location":"P"},"quantity":2},{"area":"outbound","change":"picked","tag":1002,"quantity":2},{"area":"ground","change":"wanted","want":{"order":"CK-0001","sku":"RY001","lot":"2026-03-02","face":"A-01-01-01"},"units":-2}]	{"run":1,"no":31,"words":{"mark":"right","was":{"key":"pick.right","with":{"goods":"RY001 洗衣液 2kg","taken":"2","unit":"瓶"}},"then":{"key":"pick.next_light","with":{"rest":"1"}}},"verdict":"right"}	3	1	\N	\N	device:5649525400000100	1	1064	20261127	right	f05fcc319df43ec6b555919fe9f9785ee7a278c527aab66daa248cf02d330b55
1	39	device:5649525400000101:3925655403:30	1795776715324	1795776715324	{"who":"device","device":"5649525400000101"}	{"do":"scan","code":"2000152400015"}	[{"area":"outbound","change":"check_begun","order":0},{"area":"outbound","change":"checked","order":0,"line":0,"units":1}]	{"run":1,"no":39,"words":{"mark":"right","was":{"key":"check.right","with":{"checked":"1","goods":"RY001 洗衣液 2kg","picked":"2","unit":"瓶"}},"then":{"key":"check.rest","with":{"rest":"2"}}},"verdict":"right"}	3	1	\N	\N	device:5649525400000101	1	1346	20261127	right	5ffc8ec25eedefc9aaf88ac54364725d6228285823a8535f380779cd2c27183c
1	44	device:5649525400000103:2142068799:3	1795776715887	1795776715887	{"who":"device","device":"5649525400000103"}	{"do":"weight","grams":300,"stable":true}	[{"area":"outbound","change":"weighed_off","order":0,"grams":300}]	{"run":1,"no":44,"words":{"mark":"waiting","was":{"key":"weigh.off","with":{"computed":"4630","difference":"-4330","grams":"300","order":"CK-0001","tolerance":"92"}},"then":{"key":"weigh.again_then"}},"verdict":"stored"}	3	1	\N	\N	device:5649525400000103	1	1909	20261127	waiting	6665dbc283b456ef6465f2ce5b57d1cb5a9453dd14299c80bdd4e4561077b3f6
1	45	device:5649525400000103:2142068799:4	1795776715989	1795776715989	{"who":"device","device":"5649525400000103"}	{"do":"weight","grams":0,"stable":false}	[]	{"run":1,"no":45,"words":{"mark":"waiting","was":{"key":"weigh.unstable"},"then":{"key":"weigh.unstable_then"}},"verdict":"stored"}	3	1	\N	\N	device:5649525400000103	1	2011	20261127	waiting	4b6df6bd8934d6064da063c4759e2f141b208cad917819d29245b57ca107ad63
1	48	device:5649525400000102:1129527348:5	1795776717427	1795776717429	{"who":"device","device":"5649525400000102"}	{"do":"printed","job":1003,"outcome":"done"}	[{"area":"ground","change":"label_state","job":1003,"outcome":"done"}]	{"run":1,"no":48,"words":null,"verdict":null}	3	1	\N	\N	device:5649525400000102	1	3449	20261127	silent	010ae2f1142c8b8e5661af36e15bfe42f4ee2fb9e4ee465020d8960b939cdfc8
1	50	device:5649525400000103:2142068799:7	1795776718314	1795776718316	{"who":"device","device":"5649525400000103"}	{"do":"weight","grams":300,"stable":true}	[{"area":"outbound","change":"check_reset","order":0}]	{"run":1,"no":50,"words":{"mark":"wrong","was":{"key":"weigh.off","with":{"computed":"4630","difference":"-4330","grams":"300","order":"CK-0001","tolerance":"92"}},"then":{"key":"weigh.off_then"}},"verdict":"wrong"}	3	1	\N	\N	device:5649525400000103	1	4336	20261127	wrong	8b31a3b951137293aca26a93df943437d02e8cdd77df16c5b897c8476d385737
1	52	device:5649525400000101:3925655403:34	1795776718382	1795776718382	{"who":"device","device":"5649525400000101"}	{"do":"scan","code":"2000152400015"}	[{"area":"outbound","change":"checked","order":0,"line":0,"units":1}]	{"run":1,"no":52,"words":{"mark":"right","was":{"key":"check.right","with":{"checked":"2","goods":"RY001 洗衣液 2kg","picked":"2","unit":"瓶"}},"then":{"key":"check.rest","with":{"rest":"1"}}},"verdict":"right"}	3	1	\N	\N	device:5649525400000101	1	4404	20261127	right	8f2cce25b02979fb706e15f87611a3c16372fa4354485dc126e239915d5156d0
1	54	device:5649525400000101:3925655403:35	1795776718419	1795776718419	{"who":"device","device":"5649525400000101"}	{"do":"scan","code":"2000152400039"}	[{"area":"outbound","change":"checked","order":0,"line":1,"units":1}]	{"run":1,"no":54,"words":{"mark":"right","was":{"key":"check.right","with":{"checked":"1","goods":"RY003 牙膏 120g","picked":"1","unit":"支"}},"then":{"key":"check.complete_then","with":{"grams":"4630"}}},"verdict":"right"}	3	1	\N	\N	device:5649525400000101	1	4441	20261127	right	62d321dac59e429ccd97d2342d59b72e4eec2706f9c9987363b67bae69741c20
1	57	device:5649525400000101:3925655403:37	1795776718989	1795776718990	{"who":"device","device":"5649525400000101"}	{"do":"scan","code":"2000152400022"}	[{"area":"outbound","change":"checked","order":1,"line":0,"units":1}]	{"run":1,"no":57,"words":{"mark":"right","was":{"key":"check.right","with":{"checked":"2","goods":"RY002 抽纸 3层130抽","picked":"3","unit":"提"}},"then":{"key":"check.rest","with":{"rest":"3"}}},"verdict":"right"}	3	1	\N	\N	device:5649525400000101	1	5011	20261127	right	ad7b6ccbc768ad2c3fe4eb865f8ae32fbe44d405d7b697a30741649684954912
1	26	device:5649525400000101:3925655403:25	1795776714856	1795776714856	{"who":"device","device":"5649525400000101"}	{"do":"scan","code":"12000152400036"}	[{"area":"ground","change":"moved","sku":"RY003","lot":"2026-08-21","from":{"location":"R"},"to":{"location":"S-01-01-04","lpn":"LP-0001-002"},"quantity":144},{"area":"inbound","change":"put_away","line":1}]	{"run":1,"no":26,"words":{"mark":"right","was":{"key":"put_away.done","with":{"goods":"RY003 牙膏 120g","location":"S-01-01-04","quantity":"144 支"}},"then":{"key":"put_away.next","with":{"rest":"1"}}},"verdict":"right"}	3	1	\N	\N	device:5649525400000101	1	878	20261127	right	ce4375b8d846a5602eaa57b6d8447e5f637e1ebe22e5bcbe304ad14e5b1f19b7
1	30	device:5649525400000101:3925655403:29	1795776714998	1795776714999	{"who":"device","device":"5649525400000101"}	{"do":"scan","code":"CMD-NEXT"}	[{"area":"ground","change":"reserved","place":{"location":"A-01-01-01","sku":"RY001","lot":"2026-03-02"},"quantity":2},{"area":"ground","change":"wanted","want":{"order":"CK-0001","sku":"RY001","lot":"2026-03-02","face":"A-01-01-01"},"units":2},{"area":"ground","change":"reserved","place":{"location":"A-01-01-03","sku":"RY003","lot":"2026-04-20"},"quantity":1},{"area":"ground","change":"wanted","want":{"order":"CK-0001","sku":"RY003","lot":"2026-04-20","face":"A-01-01-03"},"units":1},{"area":"ground","change":"reserved","place":{"location":"A-01-01-02","sku":"RY002","lot":"2026-05-11"},"quantity":3},{"area":"ground","change":"wanted","want":{"order":"CK-0002","sku":"RY002","lot":"2026-05-11","face":"A-01-01-02"},"units":3},{"area":"ground","change":"reserved","place":{"location":"A-01-02-03","sku":"RY006","lot":"2026-06-01"},"quantity":1},{"area":"ground","change":"wanted","want":{"order":"CK-0002","sku":"RY006","lot":"2026-06-01","face":"A-01-02-03"},"units":1},{"area":"ground","change":"reserved","place":{"location":"A-01-03-01","sku":"RY010","lot":"2025-12-01"},"quantity":2},{"area":"ground","change":"wanted","want":{"order":"CK-0002","sku":"RY010","lot":"2025-12-01","face":"A-01-03-01"},"units":2},{"area":"ground","change":"reserved","place":{"location":"A-01-01-03","sku":"RY003","lot":"2026-04-20"},"quantity":4},{"area":"ground","change":"wanted","want":{"order":"CK-0003","sku":"RY003","lot":"2026-04-20","face":"A-01-01-03"},"units":4},{"area":"outbound","change":"wave_released","picks":[[[{"location":"A-01-01-01","position":0,"lot":"2026-03-02","wanted":2,"tag":1002,"shown":null,"picked":null}],[{"location":"A-01-01-03","position":2,"lot":"2026-04-20","wanted":1,"tag":1003,"shown":null,"picked":null}]],[[{"location":"A-01-01-02","position":1,"lot":"2026-05-11","wanted":3,"tag":1004,"shown":null,"picked":null}],[{"location":"A-01-02-03","position":10,"lot":"2026-06-01","wanted":1,"tag":1005,"shown":null,"picked":null}],[{"location":"A-01-03-01","position":16,"lot":"2025-12-01","wanted":2,"tag":1006,"shown":null,"picked":null}]],[[{"location":"A-01-01-03","position":2,"lot":"2026-04-20","wanted":4,"tag":1007,"shown":null,"picked":null}]]]},{"area":"ground","change":"paper_made","number":"JH-20261127-0001-01","kind":"pick_list","order":null,"by":{"who":"group"},"at":1795776714998},{"area":"ground","change":"paper_made","number":"CK-20261127-0001-01","kind":"outbound_order","order":0,"by":{"who":"group"},"at":1795776714998},{"area":"ground","change":"paper_made","number":"CK-20261127-0001-02","kind":"outbound_order","order":1,"by":{"who":"group"},"at":1795776714998},{"area":"ground","change":"paper_made","number":"CK-20261127-0001-03","kind":"outbound_order","order":2,"by":{"who":"group"},"at":1795776714998}]	{"run":1,"no":30,"words":{"mark":"right","was":{"key":"pick.released","with":{"orders":"3"}},"then":{"key":"pick.released_then"}},"verdict":"right"}	3	1	\N	\N	device:5649525400000101	1	1020	20261127	right	eb2903579639e7f92f96c62260e8a965691596a4f1af00cbe1ef329f33288963
1	36	device:5649525400000100:2163036803:7	1795776715200	1795776715200	{"who":"device","device":"5649525400000100"}	{"do":"key","position":16,"key":"minus","count":1,"tag":1006}	[{"area":"outbound","change":"adjusted","tag":1006,"count":1}]	{"run":1,"no":36,"words":{"mark":"waiting","was":{"key":"pick.adjusted","with":{"count":"1","goods":"RY010 湿巾 80抽","unit":"包","wanted":"2"}},"then":{"key":"pick.adjusted_then"}},"verdict":"stored"}	3	1	\N	\N	device:5649525400000100	1	1222	20261127	waiting	7b6cf71d1f84554ab32122ebd4ffb5ec05d19653342b0172098b4c8438a92d99
1	55	device:5649525400000103:2142068799:9	1795776718923	1795776718923	{"who":"device","device":"5649525400000103"}	{"do":"weight","grams":4630,"stable":true}	[{"area":"outbound","change":"weighed","order":0,"grams":4630},{"area":"ground","change":"label_queued","job":1004,"label":{"kind":"parcel","order":"CK-0001","customer":"王**","weight":"4.63 kg","parcel":"1/1"}}]	{"run":1,"no":55,"words":{"mark":"right","was":{"key":"weigh.right","with":{"computed":"4630","grams":"4630","order":"CK-0001"}},"then":{"key":"weigh.next_order"}},"verdict":"right"}	3	1	\N	\N	device:5649525400000103	1	4945	20261127	right	a4ecbb8d63944650a33cfe3d33082dadf49a36b49770a0106644e45871b97745
1	71	device:5649525400000101:3925655403:46	1795776720301	1795776720302	{"who":"device","device":"5649525400000101"}	{"do":"scan","code":"CK-0002"}	[{"area":"ground","change":"moved","sku":"RY002","lot":"2026-05-11","from":{"location":"P"},"to":{"location":"@customer"},"quantity":3},{"area":"ground","change":"moved","sku":"RY006","lot":"2026-06-01","from":{"location":"P"},"to":{"location":"@customer"},"quantity":1},{"area":"ground","change":"moved","sku":"RY010","lot":"2025-12-01","from":{"location":"P"},"to":{"location":"@customer"},"quantity":1},{"area":"ground","change":"wanted","want":{"order":"CK-0002","sku":"RY010"},"units":-1},{"area":"outbound","change":"handed_over","order":1},{"area":"ground","change":"paper_moved","number":"CK-20261127-0001-02","state":"submitted","remark":""}]	{"run":1,"no":71,"words":{"mark":"right","was":{"key":"ship.right","with":{"courier":"训练速递","order":"CK-0002"}},"then":{"key":"ship.rest","with":{"rest":"1"}}},"verdict":"right"}	3	1	\N	\N	device:5649525400000101	1	6323	20261127	right	9760c4681804afb218bc5cb4b93b871f7c90a709e74811019e545f985eb584f9
1	73	device:5649525400000101:3925655403:47	1795776720339	1795776720340	{"who":"device","device":"5649525400000101"}	{"do":"scan","code":"CK-0003"}	[{"area":"ground","change":"moved","sku":"RY003","lot":"2026-04-20","from":{"location":"P"},"to":{"location":"@customer"},"quantity":4},{"area":"outbound","change":"handed_over","order":2},{"area":"ground","change":"paper_moved","number":"CK-20261127-0001-03","state":"submitted","remark":""},{"area":"ground","change":"paper_moved","number":"JH-20261127-0001-01","state":"submitted","remark":""}]	{"run":1,"no":73,"words":{"mark":"right","was":{"key":"ship.right","with":{"courier":"训练速递","order":"CK-0003"}},"then":{"key":"ship.all_done_then"}},"verdict":"right"}	3	1	\N	\N	device:5649525400000101	1	6361	20261127	right	7dc59a70c56d602d5401140a9fed79eba04d64755459550d78addb6dec602b9a
1	82	person:2:test-8	1795776720399	1795776720399	{"who":"person","id":2,"role":"student"}	{"do":"sign","number":"RK-20261127-0001-01","as_whom":"supervisor"}	[{"area":"ground","change":"signed","number":"RK-20261127-0001-01","as_whom":"supervisor","by":{"who":"person","id":2},"at":1795776720399}]	{"run":1,"no":82,"words":{"mark":"right","was":{"key":"signing.signed","with":{"number":"RK-20261127-0001-01"}}},"verdict":"right"}	3	1	2	\N	page	1	6421	20261127	right	6c408736c5f5082c096b735a92b0d45c35da818206366a03049f99753df02d49
1	90	person:2:test-16	1795776720414	1795776720414	{"who":"person","id":2,"role":"student"}	{"do":"sign","number":"JH-20261127-0001-01","as_whom":"maker"}	[]	{"run":1,"no":90,"words":{"mark":"wrong","was":{"key":"signing.not_you","with":{"number":"JH-20261127-0001-01"}}},"verdict":"wrong"}	3	1	2	\N	page	1	6436	20261127	wrong	937da9ca6b8e044d80c9a8b93d5d593066b96de0957d38fb4df787467d2b7208
1	98	person:2:test-24	1795776720430	1795776720431	{"who":"person","id":2,"role":"student"}	{"do":"sign","number":"CK-20261127-0001-01","as_whom":"student"}	[]	{"run":1,"no":98,"words":{"mark":"wrong","was":{"key":"signing.not_you","with":{"number":"CK-20261127-0001-01"}}},"verdict":"wrong"}	3	1	2	\N	page	1	6452	20261127	wrong	f56e7d2cb8245c8aa9e59e74f91701b7e2d5f5beb5f31a872761ca67a196064a
1	106	person:2:test-32	1795776720448	1795776720448	{"who":"person","id":2,"role":"student"}	{"do":"sign","number":"CK-20261127-0001-03","as_whom":"supervisor"}	[{"area":"ground","change":"signed","number":"CK-20261127-0001-03","as_whom":"supervisor","by":{"who":"person","id":2},"at":1795776720448}]	{"run":1,"no":106,"words":{"mark":"right","was":{"key":"signing.signed","with":{"number":"CK-20261127-0001-03"}}},"verdict":"right"}	3	1	2	\N	page	1	6470	20261127	right	e023d15bbcc86ad51d3e282e11bf2d88662c49ebd223a269101dbaad1fed6903
1	114	person:2:test-40	1795776720464	1795776720464	{"who":"person","id":2,"role":"student"}	{"do":"sign","number":"RZ-20261127-0001-01","as_whom":"maker"}	[]	{"run":1,"no":114,"words":{"mark":"wrong","was":{"key":"signing.not_you","with":{"number":"RZ-20261127-0001-01"}}},"verdict":"wrong"}	3	1	2	\N	page	1	6486	20261127	wrong	b99a7f00c277e72b1d8f9b2a07b9bcf1f1fe93a62a679cacdb3a6149653fc33a
1	58	device:5649525400000103:2142068799:10	1795776719026	1795776719027	{"who":"device","device":"5649525400000103"}	{"do":"weight","grams":0,"stable":false}	[]	{"run":1,"no":58,"words":null,"verdict":null}	3	1	\N	\N	device:5649525400000103	1	5048	20261127	silent	0163a66ce4495b0349598df78fb4a824e2e48264dbdddda938e1470804203a26
1	74	person:1:test-2	1795776720375	1795776720376	{"who":"person","id":1,"role":"student"}	{"do":"write_log","text":"0:9af529c5901b7d85b09f65964c816c2405e3d05c15a5dd9f6860e557c1e5563a"}	[{"area":"ground","change":"paper_made","number":"RZ-20261127-0001-01","kind":"work_log","order":null,"by":{"who":"person","id":1},"at":1795776720375},{"area":"ground","change":"log_written","text":"0:9af529c5901b7d85b09f65964c816c2405e3d05c15a5dd9f6860e557c1e5563a"},{"area":"ground","change":"signed","number":"RZ-20261127-0001-01","as_whom":"student","by":{"who":"person","id":1},"at":1795776720375},{"area":"ground","change":"paper_moved","number":"RZ-20261127-0001-01","state":"submitted","remark":""}]	{"run":1,"no":74,"words":{"mark":"right","was":{"key":"log.written","with":{"number":"RZ-20261127-0001-01"}},"then":{"key":"drill.done_then"}},"verdict":"right"}	3	1	1	\N	page	1	6397	20261127	right	be8358f20f8e9bc354700b4d9436781abd4c169104ff4b7f1cf90f2f43c77547
1	78	person:2:test-4	1795776720391	1795776720391	{"who":"person","id":2,"role":"student"}	{"do":"sign","number":"RT-20261127-0001-01","as_whom":"maker"}	[]	{"run":1,"no":78,"words":{"mark":"wrong","was":{"key":"signing.not_you","with":{"number":"RT-20261127-0001-01"}}},"verdict":"wrong"}	3	1	2	\N	page	1	6413	20261127	wrong	b5a09e4eca823802fea08800adc30db9f3c2e7e747ef5b800b972dbbb58931e8
1	86	person:2:test-12	1795776720406	1795776720406	{"who":"person","id":2,"role":"student"}	{"do":"sign","number":"RK-20261127-0001-01","as_whom":"student"}	[]	{"run":1,"no":86,"words":{"mark":"wrong","was":{"key":"signing.not_you","with":{"number":"RK-20261127-0001-01"}}},"verdict":"wrong"}	3	1	2	\N	page	1	6428	20261127	wrong	bfad0f5fe443e7ec058c6c8173e45de898687263d0cfe46e9bcb8ce4a8d7d5e5
1	94	person:2:test-20	1795776720422	1795776720422	{"who":"person","id":2,"role":"student"}	{"do":"sign","number":"CK-20261127-0001-01","as_whom":"supervisor"}	[{"area":"ground","change":"signed","number":"CK-20261127-0001-01","as_whom":"supervisor","by":{"who":"person","id":2},"at":1795776720422}]	{"run":1,"no":94,"words":{"mark":"right","was":{"key":"signing.signed","with":{"number":"CK-20261127-0001-01"}}},"verdict":"right"}	3	1	2	\N	page	1	6444	20261127	right	ec4be460dd3916aa9fdfffcbec8a7795bbfdcabdccb32ef36eebaf9ec5e9f12e
1	102	person:2:test-28	1795776720439	1795776720439	{"who":"person","id":2,"role":"student"}	{"do":"sign","number":"CK-20261127-0001-02","as_whom":"maker"}	[{"area":"ground","change":"signed","number":"CK-20261127-0001-02","as_whom":"maker","by":{"who":"person","id":2},"at":1795776720439}]	{"run":1,"no":102,"words":{"mark":"right","was":{"key":"signing.signed","with":{"number":"CK-20261127-0001-02"}}},"verdict":"right"}	3	1	2	\N	page	1	6461	20261127	right	9e34046d26ba8880b061cd847d7e34af98407ca1b12e7a6f0e9e8c8f08a0f4f0
1	110	person:2:test-36	1795776720456	1795776720456	{"who":"person","id":2,"role":"student"}	{"do":"sign","number":"CK-20261127-0001-03","as_whom":"student"}	[]	{"run":1,"no":110,"words":{"mark":"wrong","was":{"key":"signing.not_you","with":{"number":"CK-20261127-0001-03"}}},"verdict":"wrong"}	3	1	2	\N	page	1	6478	20261127	wrong	07d59297e13c3c00a1e0b015d4537d443e10115647aaf416d7f96a1a0e694cae
1	117	person:5:test-1	1795776720474	1795776720474	{"who":"person","id":5,"role":"instructor"}	{"do":"judge","number":"RT-20261127-0001-01","accept":true,"remark":""}	[{"area":"ground","change":"paper_moved","number":"RT-20261127-0001-01","state":"accepted","remark":""}]	{"run":1,"no":117,"words":{"mark":"right","was":{"key":"judge.accepted","with":{"number":"RT-20261127-0001-01"}}},"verdict":"right"}	3	1	5	\N	page	1	6496	20261127	right	81e155ced805d0ba5ab973e875e1ea7cb9f5d37acd0d58015e6fc0b14bdb171f
1	125	person:5:test-8	1795776720497	1795776720497	{"who":"person","id":5,"role":"instructor"}	{"do":"judge","number":"CK-20261127-0001-03","accept":true,"remark":""}	[{"area":"ground","change":"paper_moved","number":"CK-20261127-0001-03","state":"accepted","remark":""}]	{"run":1,"no":125,"words":{"mark":"right","was":{"key":"judge.accepted","with":{"number":"CK-20261127-0001-03"}}},"verdict":"right"}	3	1	5	\N	page	1	6519	20261127	right	7f3bbbf1311a8f1529671294afb76f6198142d505406fec3e1b2f944934c64a7
1	130	person:1:test-5	1795776720544	1795776720544	{"who":"person","id":1,"role":"student"}	{"do":"reprint","barcode":"LP-0001-001"}	[{"area":"ground","change":"label_queued","job":1007,"label":{"kind":"goods","lpn":"LP-0001-001","sku":"RY001","name":"洗衣液 2kg","lot":"2026-09-08","quantity":"24 瓶"}}]	{"run":1,"no":130,"words":{"mark":"right","was":{"key":"print.again","with":{"code":"LP-0001-001"}},"then":{"key":"now.is","with":{"step":{"key":"step.done"}}}},"verdict":"right"}	3	1	1	\N	page	1	6566	20261127	right	2ad8854340edafc052099cf7de672d53dd81340291ad6b74ffb0ded80f3d00ff
3	2	device:5649525400000201:1030192123:3	1795776723659	1795776723659	{"who":"device","device":"5649525400000201"}	{"do":"scan","code":"CMD-CONFIRM"}	[{"area":"inbound","change":"notice_opened"}]	{"run":3,"no":2,"words":{"mark":"right","was":{"key":"receive.opened","with":{"lines":"3"}},"then":{"key":"receive.opened_then"}},"verdict":"right"}	3	1	\N	\N	device:5649525400000201	2	17	20261127	right	3cdaca2d0b115dac97a50ebaf2dfc2a7974ebddb67d59c7e46dae9f9b28b1f6f
3	6	device:5649525400000201:1030192123:7	1795776723810	1795776723810	{"who":"device","device":"5649525400000201"}	{"do":"scan","code":"12000152400012"}	[{"area":"inbound","change":"counted","line":0,"units":6}]	{"run":3,"no":6,"words":{"mark":"right","was":{"key":"receive.counted","with":{"cases":"4","counted":"4","goods":"RY001 洗衣液 2kg"}},"then":{"key":"receive.full"}},"verdict":"right"}	3	1	\N	\N	device:5649525400000201	2	168	20261127	right	42468c14fbe8c3703c9c3e795d006c233bccd8714efd7ca6b07d290f6d68351c
1	59	device:5649525400000101:3925655403:38	1795776719037	1795776719037	{"who":"device","device":"5649525400000101"}	{"do":"scan","code":"2000152400022"}	[{"area":"outbound","change":"checked","order":1,"line":0,"units":1}]	{"run":1,"no":59,"words":{"mark":"right","was":{"key":"check.right","with":{"checked":"3","goods":"RY002 抽纸 3层130抽","picked":"3","unit":"提"}},"then":{"key":"check.rest","with":{"rest":"2"}}},"verdict":"right"}	3	1	\N	\N	device:5649525400000101	1	5059	20261127	right	cb7f526876d4bc14cf8a7221ecc13fa9318f5601e250a7907e569d388a33e949
1	79	person:2:test-5	1795776720393	1795776720393	{"who":"person","id":2,"role":"student"}	{"do":"sign","number":"RT-20261127-0001-01","as_whom":"owner"}	[{"area":"ground","change":"signed","number":"RT-20261127-0001-01","as_whom":"owner","by":{"who":"person","id":2},"at":1795776720393}]	{"run":1,"no":79,"words":{"mark":"right","was":{"key":"signing.signed","with":{"number":"RT-20261127-0001-01"}}},"verdict":"right"}	3	1	2	\N	page	1	6415	20261127	right	87086b78d29eed4f71f11bcf9ab328b3b288b34f9b4cfaabc8f2f1ae9f2dc589
1	87	person:2:test-13	1795776720408	1795776720408	{"who":"person","id":2,"role":"student"}	{"do":"sign","number":"JH-20261127-0001-01","as_whom":"driver"}	[]	{"run":1,"no":87,"words":{"mark":"wrong","was":{"key":"signing.not_you","with":{"number":"JH-20261127-0001-01"}}},"verdict":"wrong"}	3	1	2	\N	page	1	6430	20261127	wrong	f088bb4a9f4cc58b303999392c5322815218167d24af11265d52213bf3393357
1	95	person:2:test-21	1795776720424	1795776720425	{"who":"person","id":2,"role":"student"}	{"do":"sign","number":"CK-20261127-0001-01","as_whom":"picker"}	[]	{"run":1,"no":95,"words":{"mark":"wrong","was":{"key":"signing.not_you","with":{"number":"CK-20261127-0001-01"}}},"verdict":"wrong"}	3	1	2	\N	page	1	6446	20261127	wrong	821208af25a4e58565914e53f0e1ee12d5c75c2966f35475359a3bc97b33a57a
1	103	person:2:test-29	1795776720442	1795776720442	{"who":"person","id":2,"role":"student"}	{"do":"sign","number":"CK-20261127-0001-02","as_whom":"owner"}	[]	{"run":1,"no":103,"words":{"mark":"wrong","was":{"key":"signing.not_you","with":{"number":"CK-20261127-0001-02"}}},"verdict":"wrong"}	3	1	2	\N	page	1	6464	20261127	wrong	d705c88270bbe4cba039d551bffab2daa489b645b4ab2805accc8ce97815071a
1	111	person:2:test-37	1795776720458	1795776720458	{"who":"person","id":2,"role":"student"}	{"do":"sign","number":"RZ-20261127-0001-01","as_whom":"driver"}	[]	{"run":1,"no":111,"words":{"mark":"wrong","was":{"key":"signing.not_you","with":{"number":"RZ-20261127-0001-01"}}},"verdict":"wrong"}	3	1	2	\N	page	1	6480	20261127	wrong	a83fe52f1e3d1f017cf77d9c4badad922b32cf1d3cac923a12ea4ff67a14830f
1	118	person:5:test-2	1795776720477	1795776720477	{"who":"person","id":5,"role":"instructor"}	{"do":"judge","number":"RK-20261127-0001-01","accept":false,"remark":"0:504dff8bf67cbc9045708c5679e892a2efd7b12ed62dbc2ff271d601b7b6cc58"}	[{"area":"ground","change":"paper_moved","number":"RK-20261127-0001-01","state":"returned","remark":"0:504dff8bf67cbc9045708c5679e892a2efd7b12ed62dbc2ff271d601b7b6cc58"}]	{"run":1,"no":118,"words":{"mark":"waiting","was":{"key":"judge.returned","with":{"number":"RK-20261127-0001-01"}}},"verdict":"stored"}	3	1	5	\N	page	1	6499	20261127	waiting	7ebf281fa0e71f6f0df38d8324c8935082f901cce22bcd1545de25c66c974778
1	126	person:5:test-9	1795776720500	1795776720500	{"who":"person","id":5,"role":"instructor"}	{"do":"judge","number":"RZ-20261127-0001-01","accept":false,"remark":"0:ace1424a7b3ab46079d535f671d0c488a1fc9288c7990dfc2e2a54c008e48313"}	[{"area":"ground","change":"paper_moved","number":"RZ-20261127-0001-01","state":"returned","remark":"0:ace1424a7b3ab46079d535f671d0c488a1fc9288c7990dfc2e2a54c008e48313"}]	{"run":1,"no":126,"words":{"mark":"waiting","was":{"key":"judge.returned","with":{"number":"RZ-20261127-0001-01"}}},"verdict":"stored"}	3	1	5	\N	page	1	6522	20261127	waiting	9e1752604ab58e0c0ecece5a069ae0c5f5f9aa6de60ae447b14557f9dc9f36d7
1	133	device:5649525400000102:1129527348:8	1795776721392	1795776721393	{"who":"device","device":"5649525400000102"}	{"do":"printed","job":1006,"outcome":"done"}	[{"area":"ground","change":"label_state","job":1006,"outcome":"done"}]	{"run":1,"no":133,"words":null,"verdict":null}	3	1	\N	\N	device:5649525400000102	1	7414	20261127	silent	4df3012fca430cec23c30bf3ae3904a35cd15a8f59d32c9d0ef061de2be116e3
3	5	device:5649525400000201:1030192123:6	1795776723771	1795776723774	{"who":"device","device":"5649525400000201"}	{"do":"scan","code":"12000152400012"}	[{"area":"inbound","change":"counted","line":0,"units":6}]	{"run":3,"no":5,"words":{"mark":"right","was":{"key":"receive.counted","with":{"cases":"4","counted":"3","goods":"RY001 洗衣液 2kg"}},"then":{"key":"receive.go_on"}},"verdict":"right"}	3	1	\N	\N	device:5649525400000201	2	129	20261127	right	861db389bdf6153d5dbca06157a077782db2e121131d18b653a6167cc5b72bcb
3	9	device:5649525400000201:1030192123:10	1795776723917	1795776723917	{"who":"device","device":"5649525400000201"}	{"do":"scan","code":"12000152400036"}	[{"area":"inbound","change":"counted","line":1,"units":72}]	{"run":3,"no":9,"words":{"mark":"right","was":{"key":"receive.counted","with":{"cases":"3","counted":"2","goods":"RY003 牙膏 120g"}},"then":{"key":"receive.go_on"}},"verdict":"right"}	3	1	\N	\N	device:5649525400000201	2	275	20261127	right	e4dc7a3ddb39115ba93dd2bac51ad77c723f6f4a3cfc93bbba6b8135684ab035
3	18	device:5649525400000201:1030192123:19	1795776724231	1795776724232	{"who":"device","device":"5649525400000201"}	{"do":"scan","code":"S-01-01-04"}	[{"area":"inbound","change":"aimed","line":1}]	{"run":3,"no":18,"words":{"mark":"right","was":{"key":"put_away.aimed","with":{"goods":"RY003 牙膏 120g","location":"S-01-01-04"}},"then":{"key":"put_away.aimed_then","with":{"lpn":"LP-0003-002"}}},"verdict":"right"}	3	1	\N	\N	device:5649525400000201	2	589	20261127	right	48f9e1ac7853d77e1f4a4a0fe9e1d65e0c3a4e996edd8a4854da09496c13e919
3	22	device:5649525400000201:1030192123:23	1795776724371	1795776724371	{"who":"device","device":"5649525400000201"}	{"do":"scan","code":"CMD-CONFIRM"}	[{"area":"ground","change":"paper_made","number":"RK-20261127-0003-01","kind":"receipt","order":null,"by":{"who":"group"},"at":1795776724371},{"area":"ground","change":"paper_moved","number":"RK-20261127-0003-01","state":"submitted","remark":""},{"area":"ground","change":"signed","number":"RK-20261127-0003-01","as_whom":"receiver","by":{"who":"group"},"at":1795776724371},{"area":"ground","change":"paper_moved","number":"RT-20261127-0003-01","state":"submitted","remark":""},{"area":"ground","change":"signed","number":"RT-20261127-0003-01","as_whom":"keeper","by":{"who":"group"},"at":1795776724371}]	{"run":3,"no":22,"words":{"mark":"right","was":{"key":"receive.submitted","with":{"number":"RK-20261127-0003-01"}},"then":{"key":"receive.submitted_then"}},"verdict":"right"}	3	1	\N	\N	device:5649525400000201	2	729	20261127	right	b278e86a5bf97709b0ee814d839b7e2525eaac9b43d1bed1f04da2160cb4f6fd
1	66	device:5649525400000101:3925655403:43	1795776719717	1795776719717	{"who":"device","device":"5649525400000101"}	{"do":"scan","code":"2000152400039"}	[{"area":"outbound","change":"checked","order":2,"line":0,"units":1}]	{"run":1,"no":66,"words":{"mark":"right","was":{"key":"check.right","with":{"checked":"3","goods":"RY003 牙膏 120g","picked":"4","unit":"支"}},"then":{"key":"check.rest","with":{"rest":"1"}}},"verdict":"right"}	3	1	\N	\N	device:5649525400000101	1	5739	20261127	right	05188dc76bee7352c54b6ca799ba1a223b325f01b61753d7f8b0a391f534f099
1	68	device:5649525400000101:3925655403:44	1795776719752	1795776719753	{"who":"device","device":"5649525400000101"}	{"do":"scan","code":"2000152400039"}	[{"area":"outbound","change":"checked","order":2,"line":0,"units":1}]	{"run":1,"no":68,"words":{"mark":"right","was":{"key":"check.right","with":{"checked":"4","goods":"RY003 牙膏 120g","picked":"4","unit":"支"}},"then":{"key":"check.complete_then","with":{"grams":"780"}}},"verdict":"right"}	3	1	\N	\N	device:5649525400000101	1	5774	20261127	right	579dd6743ef5b676d5c8ee571d6d231e9729eb95581ec61bd397f56fd8463e08
1	69	device:5649525400000103:2142068799:13	1795776720236	1795776720236	{"who":"device","device":"5649525400000103"}	{"do":"weight","grams":780,"stable":true}	[{"area":"outbound","change":"weighed","order":2,"grams":780},{"area":"ground","change":"label_queued","job":1006,"label":{"kind":"parcel","order":"CK-0003","customer":"周**","weight":"0.78 kg","parcel":"1/1"}}]	{"run":1,"no":69,"words":{"mark":"right","was":{"key":"weigh.right","with":{"computed":"780","grams":"780","order":"CK-0003"}},"then":{"key":"weigh.all_done_then"}},"verdict":"right"}	3	1	\N	\N	device:5649525400000103	1	6258	20261127	right	231d69065a6a08d60562f3228f0bceadd61107237b7f57f2aeab0fa5781193de
1	75	person:2:test-1	1795776720385	1795776720385	{"who":"person","id":2,"role":"student"}	{"do":"sign","number":"RT-20261127-0001-01","as_whom":"driver"}	[]	{"run":1,"no":75,"words":{"mark":"wrong","was":{"key":"signing.not_you","with":{"number":"RT-20261127-0001-01"}}},"verdict":"wrong"}	3	1	2	\N	page	1	6407	20261127	wrong	e245493eb74fedd2e91c59ccb8c872b1c933f4e1699d9e11471b3624c9168281
1	83	person:2:test-9	1795776720400	1795776720401	{"who":"person","id":2,"role":"student"}	{"do":"sign","number":"RK-20261127-0001-01","as_whom":"picker"}	[]	{"run":1,"no":83,"words":{"mark":"wrong","was":{"key":"signing.not_you","with":{"number":"RK-20261127-0001-01"}}},"verdict":"wrong"}	3	1	2	\N	page	1	6422	20261127	wrong	40c510eb117240a1eae650c0f891a4e92d214322aaa9dc1b873a1a342ac1fefd
1	91	person:2:test-17	1795776720416	1795776720416	{"who":"person","id":2,"role":"student"}	{"do":"sign","number":"JH-20261127-0001-01","as_whom":"owner"}	[]	{"run":1,"no":91,"words":{"mark":"wrong","was":{"key":"signing.not_you","with":{"number":"JH-20261127-0001-01"}}},"verdict":"wrong"}	3	1	2	\N	page	1	6438	20261127	wrong	57fbdca83824311e435eab5d0522ec45fbaa0003455a253e3afcbea4e0121a89
1	99	person:2:test-25	1795776720433	1795776720433	{"who":"person","id":2,"role":"student"}	{"do":"sign","number":"CK-20261127-0001-02","as_whom":"driver"}	[]	{"run":1,"no":99,"words":{"mark":"wrong","was":{"key":"signing.not_you","with":{"number":"CK-20261127-0001-02"}}},"verdict":"wrong"}	3	1	2	\N	page	1	6455	20261127	wrong	9f32d08af7cfec78041d9f7ec0053749ef094d2a3d2ea6e193ec1845b3c9da14
1	107	person:2:test-33	1795776720450	1795776720450	{"who":"person","id":2,"role":"student"}	{"do":"sign","number":"CK-20261127-0001-03","as_whom":"picker"}	[]	{"run":1,"no":107,"words":{"mark":"wrong","was":{"key":"signing.not_you","with":{"number":"CK-20261127-0001-03"}}},"verdict":"wrong"}	3	1	2	\N	page	1	6472	20261127	wrong	090b8b840583087e9dc51610a1af53431b5d325f0bb53bf7e02dbe296c22d4d2
1	115	person:2:test-41	1795776720467	1795776720467	{"who":"person","id":2,"role":"student"}	{"do":"sign","number":"RZ-20261127-0001-01","as_whom":"owner"}	[]	{"run":1,"no":115,"words":{"mark":"wrong","was":{"key":"signing.not_you","with":{"number":"RZ-20261127-0001-01"}}},"verdict":"wrong"}	3	1	2	\N	page	1	6489	20261127	wrong	444fe0997b5bb3d9586157dd6b60baa107fe836d81823cc4b1e0ee2a0742ae9a
1	122	person:5:test-5	1795776720488	1795776720488	{"who":"person","id":5,"role":"instructor"}	{"do":"judge","number":"JH-20261127-0001-01","accept":true,"remark":""}	[{"area":"ground","change":"paper_moved","number":"JH-20261127-0001-01","state":"accepted","remark":""}]	{"run":1,"no":122,"words":{"mark":"right","was":{"key":"judge.accepted","with":{"number":"JH-20261127-0001-01"}}},"verdict":"right"}	3	1	5	\N	page	1	6510	20261127	right	bc0011d427a22843a08e99768267d2aa047ceabc95eab769c034dc67745012d9
1	134	device:5649525400000102:1129527348:9	1795776722225	1795776722225	{"who":"device","device":"5649525400000102"}	{"do":"printed","job":1007,"outcome":"done"}	[{"area":"ground","change":"label_state","job":1007,"outcome":"done"}]	{"run":1,"no":134,"words":null,"verdict":null}	3	1	\N	\N	device:5649525400000102	1	8247	20261127	silent	b377eb4000d11e02bc2293fd819890aacf643d1e09a130935ea4d7f1f0800e28
1	80	person:2:test-6	1795776720394	1795776720395	{"who":"person","id":2,"role":"student"}	{"do":"sign","number":"RT-20261127-0001-01","as_whom":"student"}	[]	{"run":1,"no":80,"words":{"mark":"wrong","was":{"key":"signing.not_you","with":{"number":"RT-20261127-0001-01"}}},"verdict":"wrong"}	3	1	2	\N	page	1	6416	20261127	wrong	ac8e9cdbc2b3e13cf7fac922f566aabea4a66ff76df7d301172881c99cd7be22
1	88	person:2:test-14	1795776720410	1795776720410	{"who":"person","id":2,"role":"student"}	{"do":"sign","number":"JH-20261127-0001-01","as_whom":"supervisor"}	[]	{"run":1,"no":88,"words":{"mark":"wrong","was":{"key":"signing.not_you","with":{"number":"JH-20261127-0001-01"}}},"verdict":"wrong"}	3	1	2	\N	page	1	6432	20261127	wrong	e507fef083eff84167f35c6d0bd801fb5ee67e76dc85186dbed72fe958f8d48b
1	96	person:2:test-22	1795776720426	1795776720427	{"who":"person","id":2,"role":"student"}	{"do":"sign","number":"CK-20261127-0001-01","as_whom":"maker"}	[{"area":"ground","change":"signed","number":"CK-20261127-0001-01","as_whom":"maker","by":{"who":"person","id":2},"at":1795776720426}]	{"run":1,"no":96,"words":{"mark":"right","was":{"key":"signing.signed","with":{"number":"CK-20261127-0001-01"}}},"verdict":"right"}	3	1	2	\N	page	1	6448	20261127	right	53b5e201abc087f50fa7867bd6810881193d7b2ccf793486103809405c2e1f48
1	104	person:2:test-30	1795776720444	1795776720444	{"who":"person","id":2,"role":"student"}	{"do":"sign","number":"CK-20261127-0001-02","as_whom":"student"}	[]	{"run":1,"no":104,"words":{"mark":"wrong","was":{"key":"signing.not_you","with":{"number":"CK-20261127-0001-02"}}},"verdict":"wrong"}	3	1	2	\N	page	1	6466	20261127	wrong	632cd5a8dc3373e42af6e18317d7bd479b96b3b4b73903f0c47b5defe4a23bd7
1	112	person:2:test-38	1795776720460	1795776720460	{"who":"person","id":2,"role":"student"}	{"do":"sign","number":"RZ-20261127-0001-01","as_whom":"supervisor"}	[]	{"run":1,"no":112,"words":{"mark":"wrong","was":{"key":"signing.not_you","with":{"number":"RZ-20261127-0001-01"}}},"verdict":"wrong"}	3	1	2	\N	page	1	6482	20261127	wrong	acbdcf4cd84d73e53be52624160bf2b04421c8aee2f427b3a0c545decd583516
1	119	person:1:test-3	1795776720480	1795776720480	{"who":"person","id":1,"role":"student"}	{"do":"hand_in","number":"RK-20261127-0001-01"}	[{"area":"ground","change":"paper_moved","number":"RK-20261127-0001-01","state":"submitted","remark":""}]	{"run":1,"no":119,"words":{"mark":"right","was":{"key":"judge.handed_in_again","with":{"number":"RK-20261127-0001-01"}}},"verdict":"right"}	3	1	1	\N	page	1	6502	20261127	right	911e2005f605629f324f2c4b2ddad99553778dbc691747fe8fcf8a5cd23a539c
1	127	person:1:test-4	1795776720503	1795776720503	{"who":"person","id":1,"role":"student"}	{"do":"write_log","text":"0:252d264cd43d4cbde5b16796be09577efd001ccdeb500424df3de6d874f8e7b7"}	[{"area":"ground","change":"log_written","text":"0:252d264cd43d4cbde5b16796be09577efd001ccdeb500424df3de6d874f8e7b7"},{"area":"ground","change":"paper_moved","number":"RZ-20261127-0001-01","state":"submitted","remark":""}]	{"run":1,"no":127,"words":{"mark":"right","was":{"key":"judge.handed_in_again","with":{"number":"RZ-20261127-0001-01"}}},"verdict":"right"}	3	1	1	\N	page	1	6525	20261127	right	56dd59851b6f6f978937bae07b627dd7d2b5417648c68cf3285226307f8dcd82
1	135	close:1	1795776723555	1795776723555	{"who":"person","id":2,"role":"student"}	{"do":"close"}	[{"area":"ground","change":"closed"}]	{"run":1,"no":135,"words":null,"verdict":null}	3	1	2	\N	page	1	9577	20261127	silent	c0a700e8c17de966414860134e44643215c9e81a5f793ed2c803662d65e71144
2	3	device:5649525400000101:3925655403:49	1795776723605	1795776723607	{"who":"device","device":"5649525400000101"}	{"do":"scan","code":"12000152400012"}	[{"area":"inbound","change":"counted","line":0,"units":6}]	{"run":2,"no":3,"words":{"mark":"right","was":{"key":"receive.counted","with":{"cases":"4","counted":"1","goods":"RY001 洗衣液 2kg"}},"then":{"key":"receive.go_on"}},"verdict":"right"}	3	1	\N	\N	device:5649525400000101	1	48	20261127	right	471b04a432de2368dd2ddc6c8285f8d3f744f2889db7022b8b0d4d1dd4cbcbf6
3	10	device:5649525400000201:1030192123:11	1795776723952	1795776723953	{"who":"device","device":"5649525400000201"}	{"do":"scan","code":"CMD-SHORT"}	[{"area":"ground","change":"moved","sku":"RY003","lot":"2026-08-21","from":{"location":"@supplier"},"to":{"location":"R"},"quantity":144},{"area":"inbound","change":"line_done","line":1,"difference":{"key":"receive.short_reason"}},{"area":"ground","change":"noted","what":{"key":"receive.short_recorded","with":{"goods":"RY003 牙膏 120g","missing":"1","reason":{"key":"receive.short_reason"}}},"at":1795776723952}]	{"run":3,"no":10,"words":{"mark":"right","was":{"key":"receive.short_recorded","with":{"goods":"RY003 牙膏 120g","missing":"1","reason":{"key":"receive.short_reason"}}},"then":{"key":"receive.next_line","with":{"rest":"1"}}},"verdict":"right"}	3	1	\N	\N	device:5649525400000201	2	310	20261127	right	fcd4c6945b2e470dd287d01e30d035875dd6778fe87c778b135327b0cfac289b
3	14	device:5649525400000201:1030192123:15	1795776724091	1795776724091	{"who":"device","device":"5649525400000201"}	{"do":"scan","code":"CMD-CONFIRM"}	[{"area":"ground","change":"moved","sku":"RY004","lot":"2026-08-30","from":{"location":"@supplier"},"to":{"location":"R"},"quantity":36},{"area":"inbound","change":"line_done","line":2,"difference":null}]	{"run":3,"no":14,"words":{"mark":"right","was":{"key":"receive.line_complete","with":{"cases":"3","goods":"RY004 沐浴露 750ml"}},"then":{"key":"receive.all_done_then"}},"verdict":"right"}	3	1	\N	\N	device:5649525400000201	2	449	20261127	right	878706ef419b90de9f41697ab6cf3bdbb4b9f455723ce7e85d15ead9a5d43b86
3	20	device:5649525400000201:1030192123:21	1795776724300	1795776724301	{"who":"device","device":"5649525400000201"}	{"do":"scan","code":"S-01-02-01"}	[{"area":"inbound","change":"aimed","line":2}]	{"run":3,"no":20,"words":{"mark":"right","was":{"key":"put_away.aimed","with":{"goods":"RY004 沐浴露 750ml","location":"S-01-02-01"}},"then":{"key":"put_away.aimed_then","with":{"lpn":"LP-0003-003"}}},"verdict":"right"}	3	1	\N	\N	device:5649525400000201	2	658	20261127	right	1a70a6a1a41d484bf80960979ca8ffd797ba3050dee619d1e7376548437a611d
3	24	device:5649525400000200:1107638220:2	1795776724451	1795776724452	{"who":"device","device":"5649525400000200"}	{"do":"key","position":0,"key":"confirm","count":2,"tag":3002}	[{"area":"ground","change":"reserved","place":{"location":"A-01-01-01","sku":"RY001","lot":"2026-03-02"},"quantity":-2},{"area":"ground","change":"moved","sku":"RY001","lot":"2026-03-02","from":{"location":"A-01-01-01"},"to":{"location":"P"},"quantity":2},{"area":"outbound","change":"picked","tag":3002,"quantity":2},{"area":"ground","change":"wanted","want":{"order":"CK-0001","sku":"RY001","lot":"2026-03-02","face":"A-01-01-01"},"units":-2}]	{"run":3,"no":24,"words":{"mark":"right","was":{"key":"pick.right","with":{"goods":"RY001 洗衣液 2kg","taken":"2","unit":"瓶"}},"then":{"key":"pick.next_light","with":{"rest":"1"}}},"verdict":"right"}	3	1	\N	\N	device:5649525400000200	2	809	20261127	right	22b703fc242f36e4dc79af9f82be59ecabbef62ee6fe77b56e414af3e0f317dd
1	85	person:2:test-11	1795776720404	1795776720404	{"who":"person","id":2,"role":"student"}	{"do":"sign","number":"RK-20261127-0001-01","as_whom":"owner"}	[]	{"run":1,"no":85,"words":{"mark":"wrong","was":{"key":"signing.not_you","with":{"number":"RK-20261127-0001-01"}}},"verdict":"wrong"}	3	1	2	\N	page	1	6426	20261127	wrong	4b96fd0cf9de567772ec8be16401712afd70c3722105be11101fa196e83e5236
1	93	person:2:test-19	1795776720420	1795776720420	{"who":"person","id":2,"role":"student"}	{"do":"sign","number":"CK-20261127-0001-01","as_whom":"driver"}	[]	{"run":1,"no":93,"words":{"mark":"wrong","was":{"key":"signing.not_you","with":{"number":"CK-20261127-0001-01"}}},"verdict":"wrong"}	3	1	2	\N	page	1	6442	20261127	wrong	5e75c42efb9ff1e45727c5332c1386a93a140228737ebc1a35d778ec7643b8ed
1	101	person:2:test-27	1795776720437	1795776720437	{"who":"person","id":2,"role":"student"}	{"do":"sign","number":"CK-20261127-0001-02","as_whom":"picker"}	[]	{"run":1,"no":101,"words":{"mark":"wrong","was":{"key":"signing.not_you","with":{"number":"CK-20261127-0001-02"}}},"verdict":"wrong"}	3	1	2	\N	page	1	6459	20261127	wrong	730bafcdc9644f2b9280f8f9c88e8d613cffb4093a8ab8e9bab0644d074cc4ae
1	109	person:2:test-35	1795776720454	1795776720454	{"who":"person","id":2,"role":"student"}	{"do":"sign","number":"CK-20261127-0001-03","as_whom":"owner"}	[]	{"run":1,"no":109,"words":{"mark":"wrong","was":{"key":"signing.not_you","with":{"number":"CK-20261127-0001-03"}}},"verdict":"wrong"}	3	1	2	\N	page	1	6476	20261127	wrong	85d722053cd3a2abb6d29413b33ac8acc229c71591df6288e4c6076ed14c71da
1	124	person:5:test-7	1795776720493	1795776720493	{"who":"person","id":5,"role":"instructor"}	{"do":"judge","number":"CK-20261127-0001-02","accept":true,"remark":""}	[{"area":"ground","change":"paper_moved","number":"CK-20261127-0001-02","state":"accepted","remark":""}]	{"run":1,"no":124,"words":{"mark":"right","was":{"key":"judge.accepted","with":{"number":"CK-20261127-0001-02"}}},"verdict":"right"}	3	1	5	\N	page	1	6515	20261127	right	d8c5c54a681edeb882502aeb1ba441a8272f380c23459c150ca6d051b0c4c520
1	132	device:5649525400000103:2142068799:15	1795776720742	1795776720743	{"who":"device","device":"5649525400000103"}	{"do":"weight","grams":0,"stable":true}	[]	{"run":1,"no":132,"words":null,"verdict":null}	3	1	\N	\N	device:5649525400000103	1	6764	20261127	silent	43242f091cb95facae389537161f2a2aac852d49b6ccf9b805e700263d6040c8
2	1	open:2	1795776723560	1795776723562	{"who":"person","id":2,"role":"student"}	{"do":"open"}	[{"area":"ground","change":"moved","sku":"RY001","lot":"2026-03-02","from":{"location":"@opening"},"to":{"location":"A-01-01-01"},"quantity":6},{"area":"ground","change":"moved","sku":"RY002","lot":"2026-05-11","from":{"location":"@opening"},"to":{"location":"A-01-01-02"},"quantity":12},{"area":"ground","change":"moved","sku":"RY003","lot":"2026-04-20","from":{"location":"@opening"},"to":{"location":"A-01-01-03"},"quantity":20},{"area":"ground","change":"moved","sku":"RY004","lot":"2026-01-15","from":{"location":"@opening"},"to":{"location":"A-01-02-01"},"quantity":8},{"area":"ground","change":"moved","sku":"RY005","lot":"2026-02-08","from":{"location":"@opening"},"to":{"location":"A-01-02-02"},"quantity":9},{"area":"ground","change":"moved","sku":"RY006","lot":"2026-06-01","from":{"location":"@opening"},"to":{"location":"A-01-02-03"},"quantity":5},{"area":"ground","change":"moved","sku":"RY010","lot":"2025-12-01","from":{"location":"@opening"},"to":{"location":"A-01-03-01"},"quantity":14},{"area":"ground","change":"moved","sku":"RY002","lot":"2026-05-11","from":{"location":"@opening"},"to":{"location":"S-01-01-01"},"quantity":200},{"area":"ground","change":"moved","sku":"RY006","lot":"2026-06-01","from":{"location":"@opening"},"to":{"location":"S-01-01-02"},"quantity":144},{"area":"ground","change":"paper_made","number":"RT-20261127-0002-01","kind":"inbound_notice","order":null,"by":{"who":"person","id":2},"at":1795776723560}]	{"run":2,"no":1,"words":{"mark":"right","was":{"key":"drill.begun"},"then":{"key":"drill.begun_then"}},"verdict":"right"}	3	1	2	\N	page	1	3	20261127	right	\N
3	3	device:5649525400000201:1030192123:4	1795776723696	1795776723697	{"who":"device","device":"5649525400000201"}	{"do":"scan","code":"12000152400012"}	[{"area":"inbound","change":"counted","line":0,"units":6}]	{"run":3,"no":3,"words":{"mark":"right","was":{"key":"receive.counted","with":{"cases":"4","counted":"1","goods":"RY001 洗衣液 2kg"}},"then":{"key":"receive.go_on"}},"verdict":"right"}	3	1	\N	\N	device:5649525400000201	2	54	20261127	right	0ed19b555775c76a7e471c4ba98435fe5c5e3e7bd8c74150f1fe9dbb9a89ba84
3	7	device:5649525400000201:1030192123:8	1795776723846	1795776723846	{"who":"device","device":"5649525400000201"}	{"do":"scan","code":"CMD-CONFIRM"}	[{"area":"ground","change":"moved","sku":"RY001","lot":"2026-09-08","from":{"location":"@supplier"},"to":{"location":"R"},"quantity":24},{"area":"inbound","change":"line_done","line":0,"difference":null}]	{"run":3,"no":7,"words":{"mark":"right","was":{"key":"receive.line_complete","with":{"cases":"4","goods":"RY001 洗衣液 2kg"}},"then":{"key":"receive.next_line","with":{"rest":"2"}}},"verdict":"right"}	3	1	\N	\N	device:5649525400000201	2	204	20261127	right	c3f05d86d5738698a27c2c0d15198873a5406d5f9cab0569ad3f78f018de1a00
3	11	device:5649525400000201:1030192123:12	1795776723988	1795776723989	{"who":"device","device":"5649525400000201"}	{"do":"scan","code":"12000152400043"}	[{"area":"inbound","change":"counted","line":2,"units":12}]	{"run":3,"no":11,"words":{"mark":"right","was":{"key":"receive.counted","with":{"cases":"3","counted":"1","goods":"RY004 沐浴露 750ml"}},"then":{"key":"receive.go_on"}},"verdict":"right"}	3	1	\N	\N	device:5649525400000201	2	346	20261127	right	ee5131a25252a251d1258d59f9048f88e9ca925372e7b34b2e62c05e44c3656c
3	15	device:5649525400000201:1030192123:16	1795776724126	1795776724126	{"who":"device","device":"5649525400000201"}	{"do":"scan","code":"CMD-NEXT"}	[{"area":"ground","change":"label_queued","job":3001,"label":{"kind":"goods","lpn":"LP-0003-001","sku":"RY001","name":"洗衣液 2kg","lot":"2026-09-08","quantity":"24 瓶"}},{"area":"inbound","change":"placed","line":0,"lpn":"LP-0003-001","location":"S-01-01-03","reason":{"key":"put_away.nearest_free","with":{"max":"24 瓶"}}},{"area":"ground","change":"label_queued","job":3002,"label":{"kind":"goods","lpn":"LP-0003-002","sku":"RY003","name":"牙膏 120g","lot":"2026-08-21","quantity":"144 支"}},{"area":"inbound","change":"placed","line":1,"lpn":"LP-0003-002","location":"S-01-01-04","reason":{"key":"put_away.nearest_free","with":{"max":"24 支"}}},{"area":"ground","change":"label_queued","job":3003,"label":{"kind":"goods","lpn":"LP-0003-003","sku":"RY004","name":"沐浴露 750ml","lot":"2026-08-30","quantity":"36 瓶"}},{"area":"inbound","change":"placed","line":2,"lpn":"LP-0003-003","location":"S-01-02-01","reason":{"key":"put_away.nearest_free","with":{"max":"24 瓶"}}}]	{"run":3,"no":15,"words":{"mark":"right","was":{"key":"receive.labels","with":{"count":"3"}},"then":{"key":"receive.labels_then"}},"verdict":"right"}	3	1	\N	\N	device:5649525400000201	2	484	20261127	right	73bf64a7ff1a356e9e1f49234989f5216aac22a1999986842844b29f2c722c91
1	116	person:2:test-42	1795776720469	1795776720469	{"who":"person","id":2,"role":"student"}	{"do":"sign","number":"RZ-20261127-0001-01","as_whom":"student"}	[]	{"run":1,"no":116,"words":{"mark":"wrong","was":{"key":"signing.already","with":{"number":"RZ-20261127-0001-01"}}},"verdict":"wrong"}	3	1	2	\N	page	1	6491	20261127	wrong	896f1681e0e0da4c5f0ef0872578f0fa4411d95bf3d194f5b156a931cf3b6617
1	123	person:5:test-6	1795776720490	1795776720490	{"who":"person","id":5,"role":"instructor"}	{"do":"judge","number":"CK-20261127-0001-01","accept":true,"remark":""}	[{"area":"ground","change":"paper_moved","number":"CK-20261127-0001-01","state":"accepted","remark":""}]	{"run":1,"no":123,"words":{"mark":"right","was":{"key":"judge.accepted","with":{"number":"CK-20261127-0001-01"}}},"verdict":"right"}	3	1	5	\N	page	1	6512	20261127	right	d83a5578ba2445daed6ea3f75f3d8abd1d5a5341339d2a5858b8302b5fe4d227
3	8	device:5649525400000201:1030192123:9	1795776723882	1795776723882	{"who":"device","device":"5649525400000201"}	{"do":"scan","code":"12000152400036"}	[{"area":"inbound","change":"counted","line":1,"units":72}]	{"run":3,"no":8,"words":{"mark":"right","was":{"key":"receive.counted","with":{"cases":"3","counted":"1","goods":"RY003 牙膏 120g"}},"then":{"key":"receive.go_on"}},"verdict":"right"}	3	1	\N	\N	device:5649525400000201	2	240	20261127	right	0191fbd567326168facf004a31626f120d7b8e9efc5d79e24f1f46a1d6af4951
3	12	device:5649525400000201:1030192123:13	1795776724022	1795776724022	{"who":"device","device":"5649525400000201"}	{"do":"scan","code":"12000152400043"}	[{"area":"inbound","change":"counted","line":2,"units":12}]	{"run":3,"no":12,"words":{"mark":"right","was":{"key":"receive.counted","with":{"cases":"3","counted":"2","goods":"RY004 沐浴露 750ml"}},"then":{"key":"receive.go_on"}},"verdict":"right"}	3	1	\N	\N	device:5649525400000201	2	380	20261127	right	aa7bfe5209d55ec41b0dd46a8fb178b85ab1c8aa193db3fe0bc4cd0345f887b4
1	120	person:5:test-3	1795776720483	1795776720483	{"who":"person","id":5,"role":"instructor"}	{"do":"judge","number":"RK-20261127-0001-01","accept":true,"remark":""}	[{"area":"ground","change":"paper_moved","number":"RK-20261127-0001-01","state":"accepted","remark":""}]	{"run":1,"no":120,"words":{"mark":"right","was":{"key":"judge.accepted","with":{"number":"RK-20261127-0001-01"}}},"verdict":"right"}	3	1	5	\N	page	1	6505	20261127	right	e35a56644994f826c0538580bdc4d16f7b618eeed8cb011c28ad65937702fc49
1	128	person:5:test-10	1795776720506	1795776720506	{"who":"person","id":5,"role":"instructor"}	{"do":"judge","number":"RZ-20261127-0001-01","accept":true,"remark":""}	[{"area":"ground","change":"paper_moved","number":"RZ-20261127-0001-01","state":"accepted","remark":""}]	{"run":1,"no":128,"words":{"mark":"right","was":{"key":"judge.accepted","with":{"number":"RZ-20261127-0001-01"}}},"verdict":"right"}	3	1	5	\N	page	1	6528	20261127	right	a8342fc2deb721be6a7db011c97f5a503024c9e790be1e916948ea95f4b3723d
1	131	device:5649525400000102:1129527348:7	1795776720613	1795776720613	{"who":"device","device":"5649525400000102"}	{"do":"printed","job":1005,"outcome":"done"}	[{"area":"ground","change":"label_state","job":1005,"outcome":"done"}]	{"run":1,"no":131,"words":null,"verdict":null}	3	1	\N	\N	device:5649525400000102	1	6635	20261127	silent	2c62b83ec64c304004447f72f7402144138759d8e27998b49c825667ce7df397
2	2	device:5649525400000101:3925655403:48	1795776723569	1795776723571	{"who":"device","device":"5649525400000101"}	{"do":"scan","code":"CMD-CONFIRM"}	[{"area":"inbound","change":"notice_opened"}]	{"run":2,"no":2,"words":{"mark":"right","was":{"key":"receive.opened","with":{"lines":"3"}},"then":{"key":"receive.opened_then"}},"verdict":"right"}	3	1	\N	\N	device:5649525400000101	1	12	20261127	right	09a3a46a4367d37172bbdf19a017a3fefc5119cc84beb2602156601d6286a83b
3	13	device:5649525400000201:1030192123:14	1795776724057	1795776724057	{"who":"device","device":"5649525400000201"}	{"do":"scan","code":"12000152400043"}	[{"area":"inbound","change":"counted","line":2,"units":12}]	{"run":3,"no":13,"words":{"mark":"right","was":{"key":"receive.counted","with":{"cases":"3","counted":"3","goods":"RY004 沐浴露 750ml"}},"then":{"key":"receive.full"}},"verdict":"right"}	3	1	\N	\N	device:5649525400000201	2	415	20261127	right	10e5c1467dcb65290777b7aaea570aa3ed5a6803f81f0b50ff2b028ec8dd0923
3	19	device:5649525400000201:1030192123:20	1795776724266	1795776724267	{"who":"device","device":"5649525400000201"}	{"do":"scan","code":"12000152400036"}	[{"area":"ground","change":"moved","sku":"RY003","lot":"2026-08-21","from":{"location":"R"},"to":{"location":"S-01-01-04","lpn":"LP-0003-002"},"quantity":144},{"area":"inbound","change":"put_away","line":1}]	{"run":3,"no":19,"words":{"mark":"right","was":{"key":"put_away.done","with":{"goods":"RY003 牙膏 120g","location":"S-01-01-04","quantity":"144 支"}},"then":{"key":"put_away.next","with":{"rest":"1"}}},"verdict":"right"}	3	1	\N	\N	device:5649525400000201	2	624	20261127	right	793987d764375504656103bbcdbfd95b52c4ed0d93bfda4a01a3e4844bd85702
3	23	device:5649525400000201:1030192123:24	1795776724406	1795776724406	{"who":"device","device":"5649525400000201"}	{"do":"scan","code":"CMD-NEXT"}	[{"area":"ground","change":"reserved","place":{"location":"A-01-01-01","sku":"RY001","lot":"2026-03-02"},"quantity":2},{"area":"ground","change":"wanted","want":{"order":"CK-0001","sku":"RY001","lot":"2026-03-02","face":"A-01-01-01"},"units":2},{"area":"ground","change":"reserved","place":{"location":"A-01-01-03","sku":"RY003","lot":"2026-04-20"},"quantity":1},{"area":"ground","change":"wanted","want":{"order":"CK-0001","sku":"RY003","lot":"2026-04-20","face":"A-01-01-03"},"units":1},{"area":"ground","change":"reserved","place":{"location":"A-01-01-02","sku":"RY002","lot":"2026-05-11"},"quantity":3},{"area":"ground","change":"wanted","want":{"order":"CK-0002","sku":"RY002","lot":"2026-05-11","face":"A-01-01-02"},"units":3},{"area":"ground","change":"reserved","place":{"location":"A-01-02-03","sku":"RY006","lot":"2026-06-01"},"quantity":1},{"area":"ground","change":"wanted","want":{"order":"CK-0002","sku":"RY006","lot":"2026-06-01","face":"A-01-02-03"},"units":1},{"area":"ground","change":"reserved","place":{"location":"A-01-03-01","sku":"RY010","lot":"2025-12-01"},"quantity":2},{"area":"ground","change":"wanted","want":{"order":"CK-0002","sku":"RY010","lot":"2025-12-01","face":"A-01-03-01"},"units":2},{"area":"ground","change":"reserved","place":{"location":"A-01-01-03","sku":"RY003","lot":"2026-04-20"},"quantity":4},{"area":"ground","change":"wanted","want":{"order":"CK-0003","sku":"RY003","lot":"2026-04-20","face":"A-01-01-03"},"units":4},{"area":"outbound","change":"wave_released","picks":[[[{"location":"A-01-01-01","position":0,"lot":"2026-03-02","wanted":2,"tag":3002,"shown":null,"picked":null}],[{"location":"A-01-01-03","position":2,"lot":"2026-04-20","wanted":1,"tag":3003,"shown":null,"picked":null}]],[[{"location":"A-01-01-02","position":1,"lot":"2026-05-11","wanted":3,"tag":3004,"shown":null,"picked":null}],[{"location":"A-01-02-03","position":10,"lot":"2026-06-01","wanted":1,"tag":3005,"shown":null,"picked":null}],[{"location":"A-01-03-01","position":16,"lot":"2025-12-01","wanted":2,"tag":3006,"shown":null,"picked":null}]],[[{"location":"A-01-01-03","position":2,"lot":"2026-04-20","wanted":4,"tag":3007,"shown":null,"picked":null}]]]},{"area":"ground","change":"paper_made","number":"JH-20261127-0003-01","kind":"pick_list","order":null,"by":{"who":"group"},"at":1795776724406},{"area":"ground","change":"paper_made","number":"CK-20261127-0003-01","kind":"outbound_order","order":0,"by":{"who":"group"},"at":1795776724406},{"area":"ground","change":"paper_made","number":"CK-20261127-0003-02","kind":"outbound_order","order":1,"by":{"who":"group"},"at":1795776724406},{"area":"ground","change":"paper_made","number":"CK-20261127-0003-03","kind":"outbound_order","order":2,"by":{"who":"group"},"at":1795776724406}]	{"run":3,"no":23,"words":{"mark":"right","was":{"key":"pick.released","with":{"orders":"3"}},"then":{"key":"pick.released_then"}},"verdict":"right"}	3	1	\N	\N	device:5649525400000201	2	764	20261127	right	9582d7aac5016fa45c29c4a26f489be2f52bf2f480574fa0a6165bbfc537d3ef
3	28	device:5649525400000202:4100261904:3	1795776725277	1795776725278	{"who":"device","device":"5649525400000202"}	{"do":"printed","job":3001,"outcome":"done"}	[{"area":"ground","change":"label_state","job":3001,"outcome":"done"}]	{"run":3,"no":28,"words":null,"verdict":null}	3	1	\N	\N	device:5649525400000202	2	1635	20261127	silent	6cdaeb39cf3fb0177efbf7ff6423d107fff17fb7979240a37f3052ba5e833c9d
1	121	person:5:test-4	1795776720485	1795776720486	{"who":"person","id":5,"role":"instructor"}	{"do":"sign","number":"RK-20261127-0001-01","as_whom":"teacher"}	[]	{"run":1,"no":121,"words":{"mark":"wrong","was":{"key":"signing.not_you","with":{"number":"RK-20261127-0001-01"}}},"verdict":"wrong"}	3	1	5	\N	page	1	6507	20261127	wrong	8e840541c804ffae787b4709665a59b71aafa2dfc9e7fc3a0fdbc7cf479d3ab8
1	129	person:5:test-11	1795776720509	1795776720509	{"who":"person","id":5,"role":"instructor"}	{"do":"sign","number":"RZ-20261127-0001-01","as_whom":"teacher"}	[{"area":"ground","change":"signed","number":"RZ-20261127-0001-01","as_whom":"teacher","by":{"who":"person","id":5},"at":1795776720509}]	{"run":1,"no":129,"words":{"mark":"right","was":{"key":"signing.signed","with":{"number":"RZ-20261127-0001-01"}}},"verdict":"right"}	3	1	5	\N	page	1	6531	20261127	right	2375b49c1d0ca642bb2df2476fce3669530e34e36c00359daed899905620da34
3	1	open:3	1795776723647	1795776723649	{"who":"person","id":3,"role":"student"}	{"do":"open"}	[{"area":"ground","change":"moved","sku":"RY001","lot":"2026-03-02","from":{"location":"@opening"},"to":{"location":"A-01-01-01"},"quantity":6},{"area":"ground","change":"moved","sku":"RY002","lot":"2026-05-11","from":{"location":"@opening"},"to":{"location":"A-01-01-02"},"quantity":12},{"area":"ground","change":"moved","sku":"RY003","lot":"2026-04-20","from":{"location":"@opening"},"to":{"location":"A-01-01-03"},"quantity":20},{"area":"ground","change":"moved","sku":"RY004","lot":"2026-01-15","from":{"location":"@opening"},"to":{"location":"A-01-02-01"},"quantity":8},{"area":"ground","change":"moved","sku":"RY005","lot":"2026-02-08","from":{"location":"@opening"},"to":{"location":"A-01-02-02"},"quantity":9},{"area":"ground","change":"moved","sku":"RY006","lot":"2026-06-01","from":{"location":"@opening"},"to":{"location":"A-01-02-03"},"quantity":5},{"area":"ground","change":"moved","sku":"RY010","lot":"2025-12-01","from":{"location":"@opening"},"to":{"location":"A-01-03-01"},"quantity":14},{"area":"ground","change":"moved","sku":"RY002","lot":"2026-05-11","from":{"location":"@opening"},"to":{"location":"S-01-01-01"},"quantity":200},{"area":"ground","change":"moved","sku":"RY006","lot":"2026-06-01","from":{"location":"@opening"},"to":{"location":"S-01-01-02"},"quantity":144},{"area":"ground","change":"paper_made","number":"RT-20261127-0003-01","kind":"inbound_notice","order":null,"by":{"who":"person","id":3},"at":1795776723647}]	{"run":3,"no":1,"words":{"mark":"right","was":{"key":"drill.begun"},"then":{"key":"drill.begun_then"}},"verdict":"right"}	3	1	3	\N	page	2	5	20261127	right	\N
3	4	device:5649525400000201:1030192123:5	1795776723737	1795776723737	{"who":"device","device":"5649525400000201"}	{"do":"scan","code":"12000152400012"}	[{"area":"inbound","change":"counted","line":0,"units":6}]	{"run":3,"no":4,"words":{"mark":"right","was":{"key":"receive.counted","with":{"cases":"4","counted":"2","goods":"RY001 洗衣液 2kg"}},"then":{"key":"receive.go_on"}},"verdict":"right"}	3	1	\N	\N	device:5649525400000201	2	95	20261127	right	845f657cdaf16bbb2878238c6464b49a8d723cd927600eb430f7d96c3886437b
3	17	device:5649525400000201:1030192123:18	1795776724196	1795776724197	{"who":"device","device":"5649525400000201"}	{"do":"scan","code":"12000152400012"}	[{"area":"ground","change":"moved","sku":"RY001","lot":"2026-09-08","from":{"location":"R"},"to":{"location":"S-01-01-03","lpn":"LP-0003-001"},"quantity":24},{"area":"inbound","change":"put_away","line":0}]	{"run":3,"no":17,"words":{"mark":"right","was":{"key":"put_away.done","with":{"goods":"RY001 洗衣液 2kg","location":"S-01-01-03","quantity":"24 瓶"}},"then":{"key":"put_away.next","with":{"rest":"2"}}},"verdict":"right"}	3	1	\N	\N	device:5649525400000201	2	554	20261127	right	c799324adb6dbe33db95831449fd81e7ac695f31c0683e2be9648c09bc185ddf
3	21	device:5649525400000201:1030192123:22	1795776724335	1795776724336	{"who":"device","device":"5649525400000201"}	{"do":"scan","code":"12000152400043"}	[{"area":"ground","change":"moved","sku":"RY004","lot":"2026-08-30","from":{"location":"R"},"to":{"location":"S-01-02-01","lpn":"LP-0003-003"},"quantity":36},{"area":"inbound","change":"put_away","line":2}]	{"run":3,"no":21,"words":{"mark":"right","was":{"key":"put_away.done","with":{"goods":"RY004 沐浴露 750ml","location":"S-01-02-01","quantity":"36 瓶"}},"then":{"key":"put_away.all_done_then"}},"verdict":"right"}	3	1	\N	\N	device:5649525400000201	2	693	20261127	right	0a7369b86b6967b7ca0098eef2e7479d9d60aa362fdfe533f74fc2002c92c9bf
3	25	device:5649525400000200:1107638220:3	1795776724488	1795776724488	{"who":"device","device":"5649525400000200"}	{"do":"key","position":2,"key":"confirm","count":1,"tag":3003}	[{"area":"ground","change":"reserved","place":{"location":"A-01-01-03","sku":"RY003","lot":"2026-04-20"},"quantity":-1},{"area":"ground","change":"moved","sku":"RY003","lot":"2026-04-20","from":{"location":"A-01-01-03"},"to":{"location":"P"},"quantity":1},{"area":"outbound","change":"picked","tag":3003,"quantity":1},{"area":"ground","change":"wanted","want":{"order":"CK-0001","sku":"RY003","lot":"2026-04-20","face":"A-01-01-03"},"units":-1}]	{"run":3,"no":25,"words":{"mark":"right","was":{"key":"pick.right","with":{"goods":"RY003 牙膏 120g","taken":"1","unit":"支"}},"then":{"key":"pick.next_order"}},"verdict":"right"}	3	1	\N	\N	device:5649525400000200	2	846	20261127	right	fe2390a9a093eb3bbb6cd5b650ee46e4e4b7fcd58968ed12e9cb1230da8dfc67
3	16	device:5649525400000201:1030192123:17	1795776724161	1795776724162	{"who":"device","device":"5649525400000201"}	{"do":"scan","code":"S-01-01-03"}	[{"area":"inbound","change":"aimed","line":0}]	{"run":3,"no":16,"words":{"mark":"right","was":{"key":"put_away.aimed","with":{"goods":"RY001 洗衣液 2kg","location":"S-01-01-03"}},"then":{"key":"put_away.aimed_then","with":{"lpn":"LP-0003-001"}}},"verdict":"right"}	3	1	\N	\N	device:5649525400000201	2	519	20261127	right	44f58964f0e23b7376d7c1f068446e6ebd752ed75f25f89793418a63573dc152
3	26	device:5649525400000200:1107638220:4	1795776724523	1795776724524	{"who":"device","device":"5649525400000200"}	{"do":"key","position":1,"key":"confirm","count":3,"tag":3004}	[{"area":"ground","change":"reserved","place":{"location":"A-01-01-02","sku":"RY002","lot":"2026-05-11"},"quantity":-3},{"area":"ground","change":"moved","sku":"RY002","lot":"2026-05-11","from":{"location":"A-01-01-02"},"to":{"location":"P"},"quantity":3},{"area":"outbound","change":"picked","tag":3004,"quantity":3},{"area":"ground","change":"wanted","want":{"order":"CK-0002","sku":"RY002","lot":"2026-05-11","face":"A-01-01-02"},"units":-3}]	{"run":3,"no":26,"words":{"mark":"right","was":{"key":"pick.right","with":{"goods":"RY002 抽纸 3层130抽","taken":"3","unit":"提"}},"then":{"key":"pick.next_light","with":{"rest":"2"}}},"verdict":"right"}	3	1	\N	\N	device:5649525400000200	2	881	20261127	right	cb87290a1d681ad9acc2a77114fbfd964d437605d770e1ad62b97df3ed3dbdca
3	27	device:5649525400000200:1107638220:5	1795776724563	1795776724563	{"who":"device","device":"5649525400000200"}	{"do":"key","position":10,"key":"minus","count":0,"tag":3005}	[{"area":"outbound","change":"adjusted","tag":3005,"count":0}]	{"run":3,"no":27,"words":{"mark":"waiting","was":{"key":"pick.adjusted","with":{"count":"0","goods":"RY006 洗洁精 1.1kg","unit":"瓶","wanted":"1"}},"then":{"key":"pick.adjusted_then"}},"verdict":"stored"}	3	1	\N	\N	device:5649525400000200	2	921	20261127	waiting	8b25f5def43f66709ce36a6fef959b6ccb7a0c999c69618f9ed8e1129ec81e78
\.


--
-- Data for Name: balance; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.balance (run_id, location, sku, lot, quantity, reserved, lpn, status) FROM stdin;
1	@opening	RY001	2026-03-02	-6	0		available
1	@opening	RY002	2026-05-11	-212	0		available
1	@opening	RY003	2026-04-20	-20	0		available
1	@opening	RY004	2026-01-15	-8	0		available
1	@opening	RY005	2026-02-08	-9	0		available
1	@opening	RY006	2026-06-01	-149	0		available
1	@opening	RY010	2025-12-01	-14	0		available
1	A-01-02-01	RY004	2026-01-15	8	0		available
1	A-01-02-02	RY005	2026-02-08	9	0		available
1	S-01-01-01	RY002	2026-05-11	200	0		available
1	S-01-01-02	RY006	2026-06-01	144	0		available
1	@supplier	RY001	2026-09-08	-24	0		available
1	@supplier	RY003	2026-08-21	-144	0		available
1	@supplier	RY004	2026-08-30	-36	0		available
1	R	RY001	2026-09-08	0	0		available
1	S-01-01-03	RY001	2026-09-08	24	0	LP-0001-001	available
1	R	RY003	2026-08-21	0	0		available
1	S-01-01-04	RY003	2026-08-21	144	0	LP-0001-002	available
1	R	RY004	2026-08-30	0	0		available
1	S-01-02-01	RY004	2026-08-30	36	0	LP-0001-003	available
3	A-01-01-01	RY001	2026-03-02	4	0		available
3	A-01-01-02	RY002	2026-05-11	9	0		available
1	A-01-01-01	RY001	2026-03-02	4	0		available
1	A-01-01-02	RY002	2026-05-11	9	0		available
1	A-01-02-03	RY006	2026-06-01	4	0		available
1	A-01-03-01	RY010	2025-12-01	13	0		available
1	A-01-01-03	RY003	2026-04-20	15	0		available
1	@customer	RY001	2026-03-02	2	0		available
1	P	RY001	2026-03-02	0	0		available
1	@customer	RY002	2026-05-11	3	0		available
1	@customer	RY006	2026-06-01	1	0		available
1	@customer	RY010	2025-12-01	1	0		available
1	P	RY002	2026-05-11	0	0		available
1	P	RY006	2026-06-01	0	0		available
1	P	RY010	2025-12-01	0	0		available
1	@customer	RY003	2026-04-20	5	0		available
1	P	RY003	2026-04-20	0	0		available
2	@opening	RY001	2026-03-02	-6	0		available
2	@opening	RY002	2026-05-11	-212	0		available
2	@opening	RY003	2026-04-20	-20	0		available
2	@opening	RY004	2026-01-15	-8	0		available
2	@opening	RY005	2026-02-08	-9	0		available
2	@opening	RY006	2026-06-01	-149	0		available
2	@opening	RY010	2025-12-01	-14	0		available
2	A-01-01-01	RY001	2026-03-02	6	0		available
2	A-01-01-02	RY002	2026-05-11	12	0		available
2	A-01-01-03	RY003	2026-04-20	20	0		available
2	A-01-02-01	RY004	2026-01-15	8	0		available
2	A-01-02-02	RY005	2026-02-08	9	0		available
2	A-01-02-03	RY006	2026-06-01	5	0		available
2	A-01-03-01	RY010	2025-12-01	14	0		available
2	S-01-01-01	RY002	2026-05-11	200	0		available
2	S-01-01-02	RY006	2026-06-01	144	0		available
3	@opening	RY001	2026-03-02	-6	0		available
3	@opening	RY002	2026-05-11	-212	0		available
3	@opening	RY003	2026-04-20	-20	0		available
3	@opening	RY004	2026-01-15	-8	0		available
3	@opening	RY005	2026-02-08	-9	0		available
3	@opening	RY006	2026-06-01	-149	0		available
3	@opening	RY010	2025-12-01	-14	0		available
3	A-01-02-01	RY004	2026-01-15	8	0		available
3	A-01-02-02	RY005	2026-02-08	9	0		available
3	S-01-01-01	RY002	2026-05-11	200	0		available
3	S-01-01-02	RY006	2026-06-01	144	0		available
3	S-01-01-03	RY001	2026-09-08	24	0	LP-0003-001	available
3	S-01-02-01	RY004	2026-08-30	36	0	LP-0003-003	available
3	A-01-02-03	RY006	2026-06-01	5	1		available
3	A-01-03-01	RY010	2025-12-01	14	2		available
3	A-01-01-03	RY003	2026-04-20	19	4		available
3	P	RY003	2026-04-20	1	0		available
3	@supplier	RY001	2026-09-08	-24	0		available
3	R	RY001	2026-09-08	0	0		available
3	@supplier	RY003	2026-08-21	-144	0		available
3	@supplier	RY004	2026-08-30	-36	0		available
3	R	RY003	2026-08-21	0	0		available
3	R	RY004	2026-08-30	0	0		available
3	P	RY001	2026-03-02	2	0		available
3	S-01-01-04	RY003	2026-08-21	144	0	LP-0003-002	available
3	P	RY002	2026-05-11	3	0		available
\.


--
-- Data for Name: device; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.device (id, gateway, kind, profile, port, firmware, units, state, last_seen, station_id) FROM stdin;
5649525400000100	gateway-7af9b223	shelf	cangxun-shelf-24	/tmp/cangxun-floor-PrrKjz/ports/station-1-shelf	0.1.0	24	{"is":"online"}	1795776713668	1
5649525400000101	gateway-7af9b223	scanner	cangxun-scanner	/tmp/cangxun-floor-PrrKjz/ports/station-1-scanner	0.1.0	1	{"is":"online"}	1795776713676	1
5649525400000102	gateway-7af9b223	printer	cangxun-printer-384	/tmp/cangxun-floor-PrrKjz/ports/station-1-printer	0.1.0	1	{"is":"online"}	1795776713677	1
5649525400000103	gateway-7af9b223	scale	cangxun-scale	/tmp/cangxun-floor-PrrKjz/ports/station-1-scale	0.1.0	1	{"is":"online"}	1795776713689	1
5649525400000200	gateway-7af9b223	shelf	cangxun-shelf-24	/tmp/cangxun-floor-PrrKjz/ports/station-2-shelf	0.1.0	24	{"is":"online"}	1795776713712	2
5649525400000201	gateway-7af9b223	scanner	cangxun-scanner	/tmp/cangxun-floor-PrrKjz/ports/station-2-scanner	0.1.0	1	{"is":"online"}	1795776713717	2
5649525400000202	gateway-7af9b223	printer	cangxun-printer-384	/tmp/cangxun-floor-PrrKjz/ports/station-2-printer	0.1.0	1	{"is":"online"}	1795776713722	2
5649525400000203	gateway-7af9b223	scale	cangxun-scale	/tmp/cangxun-floor-PrrKjz/ports/station-2-scale	0.1.0	1	{"is":"online"}	1795776713726	2
\.


--
-- Data for Name: device_complaint; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.device_complaint (device, "position", fault, at, arrived_at) FROM stdin;
\.


--
-- Data for Name: device_event; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.device_event (device, boot, event, at, arrived_at, body, run_id, act_no, answer, aside, aside_run) FROM stdin;
5649525400000100	2163036803	1	1795776713582	1795776713690	{"what":"restarted","reason":"power_on","panic":""}	\N	\N	{"run":null,"no":null,"words":null,"verdict":null}	\N	\N
5649525400000101	3925655403	1	1795776713584	1795776713690	{"what":"restarted","reason":"power_on","panic":""}	\N	\N	{"run":null,"no":null,"words":null,"verdict":null}	\N	\N
5649525400000102	1129527348	1	1795776713584	1795776713689	{"what":"restarted","reason":"power_on","panic":""}	\N	\N	{"run":null,"no":null,"words":null,"verdict":null}	\N	\N
5649525400000102	1129527348	2	1795776713584	1795776713709	{"what":"printer","paper":true,"closed":true,"head_celsius":25}	\N	\N	{"run":null,"no":null,"words":null,"verdict":null}	\N	\N
5649525400000103	2142068799	1	1795776713607	1795776713713	{"what":"restarted","reason":"power_on","panic":""}	\N	\N	{"run":null,"no":null,"words":null,"verdict":null}	\N	\N
5649525400000200	1107638220	1	1795776713612	1795776713718	{"what":"restarted","reason":"power_on","panic":""}	\N	\N	{"run":null,"no":null,"words":null,"verdict":null}	\N	\N
5649525400000201	1030192123	1	1795776713616	1795776713722	{"what":"restarted","reason":"power_on","panic":""}	\N	\N	{"run":null,"no":null,"words":null,"verdict":null}	\N	\N
5649525400000202	4100261904	1	1795776713619	1795776713727	{"what":"restarted","reason":"power_on","panic":""}	\N	\N	{"run":null,"no":null,"words":null,"verdict":null}	\N	\N
5649525400000203	4290480099	1	1795776713624	1795776713731	{"what":"restarted","reason":"power_on","panic":""}	\N	\N	{"run":null,"no":null,"words":null,"verdict":null}	\N	\N
5649525400000202	4100261904	2	1795776713618	1795776713730	{"what":"printer","paper":true,"closed":true,"head_celsius":25}	\N	\N	{"run":null,"no":null,"words":null,"verdict":null}	\N	\N
5649525400000201	1030192123	2	1795776713972	1795776713972	{"what":"scan","aim":null,"code":"2000152400015"}	\N	\N	{"run":null,"no":null,"words":null,"verdict":"wrong"}	no_run	\N
5649525400000101	3925655403	2	1795776713994	1795776713994	{"what":"scan","aim":null,"code":"CMD-CONFIRM"}	1	2	{"run":1,"no":2,"words":{"mark":"right","was":{"key":"receive.opened","with":{"lines":"3"}},"then":{"key":"receive.opened_then"}},"verdict":"right"}	\N	\N
5649525400000101	3925655403	3	1795776714032	1795776714033	{"what":"scan","aim":null,"code":"6901234567892"}	1	3	{"run":1,"no":3,"words":{"mark":"wrong","was":{"key":"scan.unknown","with":{"code":"6901234567892"}},"then":{"key":"scan.unknown_then"}},"verdict":"wrong"}	\N	\N
5649525400000101	3925655403	4	1795776714073	1795776714073	{"what":"scan","aim":null,"code":"12000152400043"}	1	4	{"run":1,"no":4,"words":{"mark":"right","was":{"key":"receive.counted","with":{"cases":"3","counted":"1","goods":"RY004 沐浴露 750ml"}},"then":{"key":"receive.go_on"}},"verdict":"right"}	\N	\N
5649525400000101	3925655403	5	1795776714110	1795776714111	{"what":"scan","aim":null,"code":"12000152400012"}	1	5	{"run":1,"no":5,"words":{"mark":"right","was":{"key":"receive.counted","with":{"cases":"4","counted":"1","goods":"RY001 洗衣液 2kg"}},"then":{"key":"receive.go_on"}},"verdict":"right"}	\N	\N
5649525400000101	3925655403	6	1795776714148	1795776714149	{"what":"scan","aim":null,"code":"CMD-BACK"}	1	6	{"run":1,"no":6,"words":{"mark":"waiting","was":{"key":"receive.taken_back","with":{"cases":"4","counted":"0","goods":"RY001 洗衣液 2kg"}},"then":{"key":"receive.go_on"}},"verdict":"stored"}	\N	\N
5649525400000101	3925655403	7	1795776714183	1795776714184	{"what":"scan","aim":null,"code":"12000152400012"}	1	7	{"run":1,"no":7,"words":{"mark":"right","was":{"key":"receive.counted","with":{"cases":"4","counted":"1","goods":"RY001 洗衣液 2kg"}},"then":{"key":"receive.go_on"}},"verdict":"right"}	\N	\N
5649525400000101	3925655403	8	1795776714218	1795776714219	{"what":"scan","aim":null,"code":"12000152400012"}	1	8	{"run":1,"no":8,"words":{"mark":"right","was":{"key":"receive.counted","with":{"cases":"4","counted":"2","goods":"RY001 洗衣液 2kg"}},"then":{"key":"receive.go_on"}},"verdict":"right"}	\N	\N
5649525400000101	3925655403	9	1795776714254	1795776714254	{"what":"scan","aim":null,"code":"12000152400012"}	1	9	{"run":1,"no":9,"words":{"mark":"right","was":{"key":"receive.counted","with":{"cases":"4","counted":"3","goods":"RY001 洗衣液 2kg"}},"then":{"key":"receive.go_on"}},"verdict":"right"}	\N	\N
5649525400000101	3925655403	10	1795776714291	1795776714291	{"what":"scan","aim":null,"code":"12000152400012"}	1	10	{"run":1,"no":10,"words":{"mark":"right","was":{"key":"receive.counted","with":{"cases":"4","counted":"4","goods":"RY001 洗衣液 2kg"}},"then":{"key":"receive.full"}},"verdict":"right"}	\N	\N
5649525400000101	3925655403	11	1795776714324	1795776714324	{"what":"scan","aim":null,"code":"CMD-CONFIRM"}	1	11	{"run":1,"no":11,"words":{"mark":"right","was":{"key":"receive.line_complete","with":{"cases":"4","goods":"RY001 洗衣液 2kg"}},"then":{"key":"receive.next_line","with":{"rest":"2"}}},"verdict":"right"}	\N	\N
5649525400000101	3925655403	12	1795776714363	1795776714363	{"what":"scan","aim":null,"code":"12000152400036"}	1	12	{"run":1,"no":12,"words":{"mark":"right","was":{"key":"receive.counted","with":{"cases":"3","counted":"1","goods":"RY003 牙膏 120g"}},"then":{"key":"receive.go_on"}},"verdict":"right"}	\N	\N
5649525400000101	3925655403	13	1795776714400	1795776714400	{"what":"scan","aim":null,"code":"12000152400036"}	1	13	{"run":1,"no":13,"words":{"mark":"right","was":{"key":"receive.counted","with":{"cases":"3","counted":"2","goods":"RY003 牙膏 120g"}},"then":{"key":"receive.go_on"}},"verdict":"right"}	\N	\N
5649525400000101	3925655403	14	1795776714445	1795776714445	{"what":"scan","aim":null,"code":"12000152400043"}	1	15	{"run":1,"no":15,"words":{"mark":"right","was":{"key":"receive.counted","with":{"cases":"3","counted":"2","goods":"RY004 沐浴露 750ml"}},"then":{"key":"receive.go_on"}},"verdict":"right"}	\N	\N
5649525400000101	3925655403	15	1795776714482	1795776714484	{"what":"scan","aim":null,"code":"12000152400043"}	1	16	{"run":1,"no":16,"words":{"mark":"right","was":{"key":"receive.counted","with":{"cases":"3","counted":"3","goods":"RY004 沐浴露 750ml"}},"then":{"key":"receive.full"}},"verdict":"right"}	\N	\N
5649525400000101	3925655403	16	1795776714522	1795776714523	{"what":"scan","aim":null,"code":"12000152400043"}	1	17	{"run":1,"no":17,"words":{"mark":"waiting","was":{"key":"receive.over","with":{"cases":"3","goods":"RY004 沐浴露 750ml"}},"then":{"key":"receive.over_then"}},"verdict":"stored"}	\N	\N
5649525400000101	3925655403	17	1795776714562	1795776714562	{"what":"scan","aim":null,"code":"CMD-CONFIRM"}	1	18	{"run":1,"no":18,"words":{"mark":"right","was":{"key":"receive.line_complete","with":{"cases":"3","goods":"RY004 沐浴露 750ml"}},"then":{"key":"receive.all_done_then"}},"verdict":"right"}	\N	\N
5649525400000101	3925655403	18	1795776714601	1795776714601	{"what":"scan","aim":null,"code":"CMD-NEXT"}	1	19	{"run":1,"no":19,"words":{"mark":"right","was":{"key":"receive.labels","with":{"count":"3"}},"then":{"key":"receive.labels_then"}},"verdict":"right"}	\N	\N
5649525400000101	3925655403	19	1795776714638	1795776714641	{"what":"scan","aim":null,"code":"S-01-01-01"}	1	20	{"run":1,"no":20,"words":{"mark":"wrong","was":{"key":"put_away.wrong_location","with":{"location":"S-01-01-01","should":"S-01-01-03"}},"then":{"key":"put_away.wrong_location_then","with":{"goods":"RY001 洗衣液 2kg","should":"S-01-01-03"}}},"verdict":"wrong"}	\N	\N
5649525400000101	3925655403	23	1795776714783	1795776714785	{"what":"scan","aim":null,"code":"12000152400012"}	1	24	{"run":1,"no":24,"words":{"mark":"right","was":{"key":"put_away.done","with":{"goods":"RY001 洗衣液 2kg","location":"S-01-01-03","quantity":"24 瓶"}},"then":{"key":"put_away.next","with":{"rest":"2"}}},"verdict":"right"}	\N	\N
5649525400000101	3925655403	27	1795776714927	1795776714928	{"what":"scan","aim":null,"code":"12000152400043"}	1	28	{"run":1,"no":28,"words":{"mark":"right","was":{"key":"put_away.done","with":{"goods":"RY004 沐浴露 750ml","location":"S-01-02-01","quantity":"36 瓶"}},"then":{"key":"put_away.all_done_then"}},"verdict":"right"}	\N	\N
5649525400000100	2163036803	3	1795776715087	1795776715088	{"what":"key","position":2,"key":"confirm","count":1,"tag":1003}	1	32	{"run":1,"no":32,"words":{"mark":"right","was":{"key":"pick.right","with":{"goods":"RY003 牙膏 120g","taken":"1","unit":"支"}},"then":{"key":"pick.next_order"}},"verdict":"right"}	\N	\N
5649525400000100	2163036803	5	1795776715119	1795776715126	{"what":"key","position":20,"key":"confirm","count":null,"tag":0}	1	34	{"run":1,"no":34,"words":{"mark":"wrong","was":{"key":"pick.dark","with":{"location":"A-01-03-05"}},"then":{"key":"pick.dark_then","with":{"goods":"RY006 洗洁精 1.1kg","location":"A-01-02-03","quantity":"1 瓶"}}},"verdict":"wrong"}	\N	\N
5649525400000101	3925655403	36	1795776718950	1795776718952	{"what":"scan","aim":null,"code":"2000152400022"}	1	56	{"run":1,"no":56,"words":{"mark":"right","was":{"key":"check.right","with":{"checked":"1","goods":"RY002 抽纸 3层130抽","picked":"3","unit":"提"}},"then":{"key":"check.rest","with":{"rest":"4"}}},"verdict":"right"}	\N	\N
5649525400000103	2142068799	14	1795776720337	1795776720338	{"what":"weight","grams":0,"stable":false}	1	72	{"run":1,"no":72,"words":null,"verdict":null}	\N	\N
5649525400000102	1129527348	7	1795776720613	1795776720613	{"what":"printed","job":1005,"outcome":"done"}	1	131	{"run":1,"no":131,"words":null,"verdict":null}	\N	\N
5649525400000101	3925655403	48	1795776723569	1795776723571	{"what":"scan","aim":null,"code":"CMD-CONFIRM"}	2	2	{"run":2,"no":2,"words":{"mark":"right","was":{"key":"receive.opened","with":{"lines":"3"}},"then":{"key":"receive.opened_then"}},"verdict":"right"}	\N	\N
5649525400000201	1030192123	14	1795776724057	1795776724057	{"what":"scan","aim":null,"code":"12000152400043"}	3	13	{"run":3,"no":13,"words":{"mark":"right","was":{"key":"receive.counted","with":{"cases":"3","counted":"3","goods":"RY004 沐浴露 750ml"}},"then":{"key":"receive.full"}},"verdict":"right"}	\N	\N
5649525400000201	1030192123	20	1795776724266	1795776724267	{"what":"scan","aim":null,"code":"12000152400036"}	3	19	{"run":3,"no":19,"words":{"mark":"right","was":{"key":"put_away.done","with":{"goods":"RY003 牙膏 120g","location":"S-01-01-04","quantity":"144 支"}},"then":{"key":"put_away.next","with":{"rest":"1"}}},"verdict":"right"}	\N	\N
5649525400000201	1030192123	24	1795776724406	1795776724406	{"what":"scan","aim":null,"code":"CMD-NEXT"}	3	23	{"run":3,"no":23,"words":{"mark":"right","was":{"key":"pick.released","with":{"orders":"3"}},"then":{"key":"pick.released_then"}},"verdict":"right"}	\N	\N
5649525400000202	4100261904	3	1795776725277	1795776725278	{"what":"printed","job":3001,"outcome":"done"}	3	28	{"run":3,"no":28,"words":null,"verdict":null}	\N	\N
5649525400000101	3925655403	20	1795776714676	1795776714676	{"what":"scan","aim":null,"code":"S-01-01-04"}	1	21	{"run":1,"no":21,"words":{"mark":"right","was":{"key":"put_away.aimed","with":{"goods":"RY003 牙膏 120g","location":"S-01-01-04"}},"then":{"key":"put_away.aimed_then","with":{"lpn":"LP-0001-002"}}},"verdict":"right"}	\N	\N
5649525400000101	3925655403	24	1795776714822	1795776714822	{"what":"scan","aim":null,"code":"S-01-01-04"}	1	25	{"run":1,"no":25,"words":{"mark":"right","was":{"key":"put_away.aimed","with":{"goods":"RY003 牙膏 120g","location":"S-01-01-04"}},"then":{"key":"put_away.aimed_then","with":{"lpn":"LP-0001-002"}}},"verdict":"right"}	\N	\N
5649525400000101	3925655403	30	1795776715324	1795776715324	{"what":"scan","aim":null,"code":"2000152400015"}	1	39	{"run":1,"no":39,"words":{"mark":"right","was":{"key":"check.right","with":{"checked":"1","goods":"RY001 洗衣液 2kg","picked":"2","unit":"瓶"}},"then":{"key":"check.rest","with":{"rest":"2"}}},"verdict":"right"}	\N	\N
5649525400000103	2142068799	4	1795776715989	1795776715989	{"what":"weight","grams":0,"stable":false}	1	45	{"run":1,"no":45,"words":{"mark":"waiting","was":{"key":"weigh.unstable"},"then":{"key":"weigh.unstable_then"}},"verdict":"stored"}	\N	\N
5649525400000102	1129527348	5	1795776717427	1795776717429	{"what":"printed","job":1003,"outcome":"done"}	1	48	{"run":1,"no":48,"words":null,"verdict":null}	\N	\N
5649525400000101	3925655403	34	1795776718382	1795776718382	{"what":"scan","aim":null,"code":"2000152400015"}	1	52	{"run":1,"no":52,"words":{"mark":"right","was":{"key":"check.right","with":{"checked":"2","goods":"RY001 洗衣液 2kg","picked":"2","unit":"瓶"}},"then":{"key":"check.rest","with":{"rest":"1"}}},"verdict":"right"}	\N	\N
5649525400000101	3925655403	35	1795776718419	1795776718419	{"what":"scan","aim":null,"code":"2000152400039"}	1	54	{"run":1,"no":54,"words":{"mark":"right","was":{"key":"check.right","with":{"checked":"1","goods":"RY003 牙膏 120g","picked":"1","unit":"支"}},"then":{"key":"check.complete_then","with":{"grams":"4630"}}},"verdict":"right"}	\N	\N
5649525400000101	3925655403	37	1795776718989	1795776718990	{"what":"scan","aim":null,"code":"2000152400022"}	1	57	{"run":1,"no":57,"words":{"mark":"right","was":{"key":"check.right","with":{"checked":"2","goods":"RY002 抽纸 3层130抽","picked":"3","unit":"提"}},"then":{"key":"check.rest","with":{"rest":"3"}}},"verdict":"right"}	\N	\N
5649525400000101	3925655403	38	1795776719037	1795776719037	{"what":"scan","aim":null,"code":"2000152400022"}	1	59	{"run":1,"no":59,"words":{"mark":"right","was":{"key":"check.right","with":{"checked":"3","goods":"RY002 抽纸 3层130抽","picked":"3","unit":"提"}},"then":{"key":"check.rest","with":{"rest":"2"}}},"verdict":"right"}	\N	\N
5649525400000102	1129527348	8	1795776721392	1795776721393	{"what":"printed","job":1006,"outcome":"done"}	1	133	{"run":1,"no":133,"words":null,"verdict":null}	\N	\N
5649525400000201	1030192123	6	1795776723771	1795776723774	{"what":"scan","aim":null,"code":"12000152400012"}	3	5	{"run":3,"no":5,"words":{"mark":"right","was":{"key":"receive.counted","with":{"cases":"4","counted":"3","goods":"RY001 洗衣液 2kg"}},"then":{"key":"receive.go_on"}},"verdict":"right"}	\N	\N
5649525400000201	1030192123	10	1795776723917	1795776723917	{"what":"scan","aim":null,"code":"12000152400036"}	3	9	{"run":3,"no":9,"words":{"mark":"right","was":{"key":"receive.counted","with":{"cases":"3","counted":"2","goods":"RY003 牙膏 120g"}},"then":{"key":"receive.go_on"}},"verdict":"right"}	\N	\N
5649525400000201	1030192123	19	1795776724231	1795776724232	{"what":"scan","aim":null,"code":"S-01-01-04"}	3	18	{"run":3,"no":18,"words":{"mark":"right","was":{"key":"put_away.aimed","with":{"goods":"RY003 牙膏 120g","location":"S-01-01-04"}},"then":{"key":"put_away.aimed_then","with":{"lpn":"LP-0003-002"}}},"verdict":"right"}	\N	\N
5649525400000201	1030192123	23	1795776724371	1795776724371	{"what":"scan","aim":null,"code":"CMD-CONFIRM"}	3	22	{"run":3,"no":22,"words":{"mark":"right","was":{"key":"receive.submitted","with":{"number":"RK-20261127-0003-01"}},"then":{"key":"receive.submitted_then"}},"verdict":"right"}	\N	\N
5649525400000200	1107638220	4	1795776724523	1795776724524	{"what":"key","position":1,"key":"confirm","count":3,"tag":3004}	3	26	{"run":3,"no":26,"words":{"mark":"right","was":{"key":"pick.right","with":{"goods":"RY002 抽纸 3层130抽","taken":"3","unit":"提"}},"then":{"key":"pick.next_light","with":{"rest":"2"}}},"verdict":"right"}	\N	\N
5649525400000101	3925655403	21	1795776714712	1795776714713	{"what":"scan","aim":null,"code":"CMD-BACK"}	1	22	{"run":1,"no":22,"words":{"mark":"waiting","was":{"key":"put_away.forgotten"},"then":{"key":"put_away.scan_first_then"}},"verdict":"stored"}	\N	\N
5649525400000101	3925655403	22	1795776714746	1795776714748	{"what":"scan","aim":null,"code":"S-01-01-03"}	1	23	{"run":1,"no":23,"words":{"mark":"right","was":{"key":"put_away.aimed","with":{"goods":"RY001 洗衣液 2kg","location":"S-01-01-03"}},"then":{"key":"put_away.aimed_then","with":{"lpn":"LP-0001-001"}}},"verdict":"right"}	\N	\N
5649525400000101	3925655403	25	1795776714856	1795776714856	{"what":"scan","aim":null,"code":"12000152400036"}	1	26	{"run":1,"no":26,"words":{"mark":"right","was":{"key":"put_away.done","with":{"goods":"RY003 牙膏 120g","location":"S-01-01-04","quantity":"144 支"}},"then":{"key":"put_away.next","with":{"rest":"1"}}},"verdict":"right"}	\N	\N
5649525400000101	3925655403	26	1795776714893	1795776714893	{"what":"scan","aim":null,"code":"S-01-02-01"}	1	27	{"run":1,"no":27,"words":{"mark":"right","was":{"key":"put_away.aimed","with":{"goods":"RY004 沐浴露 750ml","location":"S-01-02-01"}},"then":{"key":"put_away.aimed_then","with":{"lpn":"LP-0001-003"}}},"verdict":"right"}	\N	\N
5649525400000101	3925655403	29	1795776714998	1795776714999	{"what":"scan","aim":null,"code":"CMD-NEXT"}	1	30	{"run":1,"no":30,"words":{"mark":"right","was":{"key":"pick.released","with":{"orders":"3"}},"then":{"key":"pick.released_then"}},"verdict":"right"}	\N	\N
5649525400000100	2163036803	2	1795776715042	1795776715043	{"what":"key","position":0,"key":"confirm","count":2,"tag":1002}	1	31	{"run":1,"no":31,"words":{"mark":"right","was":{"key":"pick.right","with":{"goods":"RY001 洗衣液 2kg","taken":"2","unit":"瓶"}},"then":{"key":"pick.next_light","with":{"rest":"1"}}},"verdict":"right"}	\N	\N
5649525400000100	2163036803	7	1795776715200	1795776715200	{"what":"key","position":16,"key":"minus","count":1,"tag":1006}	1	36	{"run":1,"no":36,"words":{"mark":"waiting","was":{"key":"pick.adjusted","with":{"count":"1","goods":"RY010 湿巾 80抽","unit":"包","wanted":"2"}},"then":{"key":"pick.adjusted_then"}},"verdict":"stored"}	\N	\N
5649525400000103	2142068799	3	1795776715887	1795776715887	{"what":"weight","grams":300,"stable":true}	1	44	{"run":1,"no":44,"words":{"mark":"waiting","was":{"key":"weigh.off","with":{"computed":"4630","difference":"-4330","grams":"300","order":"CK-0001","tolerance":"92"}},"then":{"key":"weigh.again_then"}},"verdict":"stored"}	\N	\N
5649525400000103	2142068799	7	1795776718314	1795776718316	{"what":"weight","grams":300,"stable":true}	1	50	{"run":1,"no":50,"words":{"mark":"wrong","was":{"key":"weigh.off","with":{"computed":"4630","difference":"-4330","grams":"300","order":"CK-0001","tolerance":"92"}},"then":{"key":"weigh.off_then"}},"verdict":"wrong"}	\N	\N
5649525400000103	2142068799	9	1795776718923	1795776718923	{"what":"weight","grams":4630,"stable":true}	1	55	{"run":1,"no":55,"words":{"mark":"right","was":{"key":"weigh.right","with":{"computed":"4630","grams":"4630","order":"CK-0001"}},"then":{"key":"weigh.next_order"}},"verdict":"right"}	\N	\N
5649525400000103	2142068799	10	1795776719026	1795776719027	{"what":"weight","grams":0,"stable":false}	1	58	{"run":1,"no":58,"words":null,"verdict":null}	\N	\N
5649525400000101	3925655403	46	1795776720301	1795776720302	{"what":"scan","aim":null,"code":"CK-0002"}	1	71	{"run":1,"no":71,"words":{"mark":"right","was":{"key":"ship.right","with":{"courier":"训练速递","order":"CK-0002"}},"then":{"key":"ship.rest","with":{"rest":"1"}}},"verdict":"right"}	\N	\N
5649525400000101	3925655403	47	1795776720339	1795776720340	{"what":"scan","aim":null,"code":"CK-0003"}	1	73	{"run":1,"no":73,"words":{"mark":"right","was":{"key":"ship.right","with":{"courier":"训练速递","order":"CK-0003"}},"then":{"key":"ship.all_done_then"}},"verdict":"right"}	\N	\N
5649525400000201	1030192123	3	1795776723659	1795776723659	{"what":"scan","aim":null,"code":"CMD-CONFIRM"}	3	2	{"run":3,"no":2,"words":{"mark":"right","was":{"key":"receive.opened","with":{"lines":"3"}},"then":{"key":"receive.opened_then"}},"verdict":"right"}	\N	\N
5649525400000201	1030192123	5	1795776723737	1795776723737	{"what":"scan","aim":null,"code":"12000152400012"}	3	4	{"run":3,"no":4,"words":{"mark":"right","was":{"key":"receive.counted","with":{"cases":"4","counted":"2","goods":"RY001 洗衣液 2kg"}},"then":{"key":"receive.go_on"}},"verdict":"right"}	\N	\N
5649525400000201	1030192123	7	1795776723810	1795776723810	{"what":"scan","aim":null,"code":"12000152400012"}	3	6	{"run":3,"no":6,"words":{"mark":"right","was":{"key":"receive.counted","with":{"cases":"4","counted":"4","goods":"RY001 洗衣液 2kg"}},"then":{"key":"receive.full"}},"verdict":"right"}	\N	\N
5649525400000201	1030192123	18	1795776724196	1795776724197	{"what":"scan","aim":null,"code":"12000152400012"}	3	17	{"run":3,"no":17,"words":{"mark":"right","was":{"key":"put_away.done","with":{"goods":"RY001 洗衣液 2kg","location":"S-01-01-03","quantity":"24 瓶"}},"then":{"key":"put_away.next","with":{"rest":"2"}}},"verdict":"right"}	\N	\N
5649525400000201	1030192123	22	1795776724335	1795776724336	{"what":"scan","aim":null,"code":"12000152400043"}	3	21	{"run":3,"no":21,"words":{"mark":"right","was":{"key":"put_away.done","with":{"goods":"RY004 沐浴露 750ml","location":"S-01-02-01","quantity":"36 瓶"}},"then":{"key":"put_away.all_done_then"}},"verdict":"right"}	\N	\N
5649525400000200	1107638220	3	1795776724488	1795776724488	{"what":"key","position":2,"key":"confirm","count":1,"tag":3003}	3	25	{"run":3,"no":25,"words":{"mark":"right","was":{"key":"pick.right","with":{"goods":"RY003 牙膏 120g","taken":"1","unit":"支"}},"then":{"key":"pick.next_order"}},"verdict":"right"}	\N	\N
5649525400000101	3925655403	28	1795776714964	1795776714964	{"what":"scan","aim":null,"code":"CMD-CONFIRM"}	1	29	{"run":1,"no":29,"words":{"mark":"right","was":{"key":"receive.submitted","with":{"number":"RK-20261127-0001-01"}},"then":{"key":"receive.submitted_then"}},"verdict":"right"}	\N	\N
5649525400000100	2163036803	4	1795776715119	1795776715120	{"what":"key","position":1,"key":"confirm","count":3,"tag":1004}	1	33	{"run":1,"no":33,"words":{"mark":"right","was":{"key":"pick.right","with":{"goods":"RY002 抽纸 3层130抽","taken":"3","unit":"提"}},"then":{"key":"pick.next_light","with":{"rest":"2"}}},"verdict":"right"}	\N	\N
5649525400000100	2163036803	6	1795776715162	1795776715163	{"what":"key","position":10,"key":"confirm","count":1,"tag":1005}	1	35	{"run":1,"no":35,"words":{"mark":"right","was":{"key":"pick.right","with":{"goods":"RY006 洗洁精 1.1kg","taken":"1","unit":"瓶"}},"then":{"key":"pick.next_light","with":{"rest":"1"}}},"verdict":"right"}	\N	\N
5649525400000101	3925655403	39	1795776719076	1795776719077	{"what":"scan","aim":null,"code":"2000152400060"}	1	60	{"run":1,"no":60,"words":{"mark":"right","was":{"key":"check.right","with":{"checked":"1","goods":"RY006 洗洁精 1.1kg","picked":"1","unit":"瓶"}},"then":{"key":"check.rest","with":{"rest":"1"}}},"verdict":"right"}	\N	\N
5649525400000101	3925655403	49	1795776723605	1795776723607	{"what":"scan","aim":null,"code":"12000152400012"}	2	3	{"run":2,"no":3,"words":{"mark":"right","was":{"key":"receive.counted","with":{"cases":"4","counted":"1","goods":"RY001 洗衣液 2kg"}},"then":{"key":"receive.go_on"}},"verdict":"right"}	\N	\N
5649525400000201	1030192123	11	1795776723952	1795776723953	{"what":"scan","aim":null,"code":"CMD-SHORT"}	3	10	{"run":3,"no":10,"words":{"mark":"right","was":{"key":"receive.short_recorded","with":{"goods":"RY003 牙膏 120g","missing":"1","reason":{"key":"receive.short_reason"}}},"then":{"key":"receive.next_line","with":{"rest":"1"}}},"verdict":"right"}	\N	\N
5649525400000201	1030192123	15	1795776724091	1795776724091	{"what":"scan","aim":null,"code":"CMD-CONFIRM"}	3	14	{"run":3,"no":14,"words":{"mark":"right","was":{"key":"receive.line_complete","with":{"cases":"3","goods":"RY004 沐浴露 750ml"}},"then":{"key":"receive.all_done_then"}},"verdict":"right"}	\N	\N
5649525400000201	1030192123	21	1795776724300	1795776724301	{"what":"scan","aim":null,"code":"S-01-02-01"}	3	20	{"run":3,"no":20,"words":{"mark":"right","was":{"key":"put_away.aimed","with":{"goods":"RY004 沐浴露 750ml","location":"S-01-02-01"}},"then":{"key":"put_away.aimed_then","with":{"lpn":"LP-0003-003"}}},"verdict":"right"}	\N	\N
5649525400000200	1107638220	2	1795776724451	1795776724452	{"what":"key","position":0,"key":"confirm","count":2,"tag":3002}	3	24	{"run":3,"no":24,"words":{"mark":"right","was":{"key":"pick.right","with":{"goods":"RY001 洗衣液 2kg","taken":"2","unit":"瓶"}},"then":{"key":"pick.next_light","with":{"rest":"1"}}},"verdict":"right"}	\N	\N
5649525400000200	1107638220	5	1795776724563	1795776724563	{"what":"key","position":10,"key":"minus","count":0,"tag":3005}	3	27	{"run":3,"no":27,"words":{"mark":"waiting","was":{"key":"pick.adjusted","with":{"count":"0","goods":"RY006 洗洁精 1.1kg","unit":"瓶","wanted":"1"}},"then":{"key":"pick.adjusted_then"}},"verdict":"stored"}	\N	\N
5649525400000100	2163036803	8	1795776715255	1795776715255	{"what":"key","position":16,"key":"confirm","count":1,"tag":1006}	1	37	{"run":1,"no":37,"words":{"mark":"right","was":{"key":"pick.short","with":{"goods":"RY010 湿巾 80抽","location":"A-01-03-01","order":"CK-0002","taken":"1","unit":"包","wanted":"2"}},"then":{"key":"pick.next_order"}},"verdict":"right"}	\N	\N
5649525400000101	3925655403	32	1795776715400	1795776715400	{"what":"scan","aim":null,"code":"2000152400039"}	1	41	{"run":1,"no":41,"words":{"mark":"right","was":{"key":"check.right","with":{"checked":"1","goods":"RY003 牙膏 120g","picked":"1","unit":"支"}},"then":{"key":"check.complete_then","with":{"grams":"4630"}}},"verdict":"right"}	\N	\N
5649525400000102	1129527348	3	1795776715784	1795776715784	{"what":"printed","job":1001,"outcome":"done"}	1	43	{"run":1,"no":43,"words":null,"verdict":null}	\N	\N
5649525400000102	1129527348	4	1795776716603	1795776716604	{"what":"printed","job":1002,"outcome":"done"}	1	47	{"run":1,"no":47,"words":null,"verdict":null}	\N	\N
5649525400000103	2142068799	6	1795776717910	1795776717911	{"what":"weight","grams":300,"stable":false}	1	49	{"run":1,"no":49,"words":{"mark":"waiting","was":{"key":"weigh.unstable"},"then":{"key":"weigh.unstable_then"}},"verdict":"stored"}	\N	\N
5649525400000101	3925655403	40	1795776719114	1795776719114	{"what":"scan","aim":null,"code":"2000152400107"}	1	61	{"run":1,"no":61,"words":{"mark":"right","was":{"key":"check.right","with":{"checked":"1","goods":"RY010 湿巾 80抽","picked":"1","unit":"包"}},"then":{"key":"check.complete_then","with":{"grams":"3650"}}},"verdict":"right"}	\N	\N
5649525400000101	3925655403	41	1795776719648	1795776719648	{"what":"scan","aim":null,"code":"2000152400039"}	1	63	{"run":1,"no":63,"words":{"mark":"right","was":{"key":"check.right","with":{"checked":"1","goods":"RY003 牙膏 120g","picked":"4","unit":"支"}},"then":{"key":"check.rest","with":{"rest":"3"}}},"verdict":"right"}	\N	\N
5649525400000102	1129527348	6	1795776719700	1795776719700	{"what":"printed","job":1004,"outcome":"done"}	1	65	{"run":1,"no":65,"words":null,"verdict":null}	\N	\N
5649525400000103	2142068799	12	1795776719732	1795776719732	{"what":"weight","grams":0,"stable":false}	1	67	{"run":1,"no":67,"words":null,"verdict":null}	\N	\N
5649525400000103	2142068799	15	1795776720742	1795776720743	{"what":"weight","grams":0,"stable":true}	1	132	{"run":1,"no":132,"words":null,"verdict":null}	\N	\N
5649525400000201	1030192123	4	1795776723696	1795776723697	{"what":"scan","aim":null,"code":"12000152400012"}	3	3	{"run":3,"no":3,"words":{"mark":"right","was":{"key":"receive.counted","with":{"cases":"4","counted":"1","goods":"RY001 洗衣液 2kg"}},"then":{"key":"receive.go_on"}},"verdict":"right"}	\N	\N
5649525400000201	1030192123	8	1795776723846	1795776723846	{"what":"scan","aim":null,"code":"CMD-CONFIRM"}	3	7	{"run":3,"no":7,"words":{"mark":"right","was":{"key":"receive.line_complete","with":{"cases":"4","goods":"RY001 洗衣液 2kg"}},"then":{"key":"receive.next_line","with":{"rest":"2"}}},"verdict":"right"}	\N	\N
5649525400000201	1030192123	12	1795776723988	1795776723989	{"what":"scan","aim":null,"code":"12000152400043"}	3	11	{"run":3,"no":11,"words":{"mark":"right","was":{"key":"receive.counted","with":{"cases":"3","counted":"1","goods":"RY004 沐浴露 750ml"}},"then":{"key":"receive.go_on"}},"verdict":"right"}	\N	\N
5649525400000201	1030192123	16	1795776724126	1795776724126	{"what":"scan","aim":null,"code":"CMD-NEXT"}	3	15	{"run":3,"no":15,"words":{"mark":"right","was":{"key":"receive.labels","with":{"count":"3"}},"then":{"key":"receive.labels_then"}},"verdict":"right"}	\N	\N
5649525400000201	1030192123	17	1795776724161	1795776724162	{"what":"scan","aim":null,"code":"S-01-01-03"}	3	16	{"run":3,"no":16,"words":{"mark":"right","was":{"key":"put_away.aimed","with":{"goods":"RY001 洗衣液 2kg","location":"S-01-01-03"}},"then":{"key":"put_away.aimed_then","with":{"lpn":"LP-0003-001"}}},"verdict":"right"}	\N	\N
5649525400000100	2163036803	9	1795776715301	1795776715302	{"what":"key","position":2,"key":"confirm","count":4,"tag":1007}	1	38	{"run":1,"no":38,"words":{"mark":"right","was":{"key":"pick.right","with":{"goods":"RY003 牙膏 120g","taken":"4","unit":"支"}},"then":{"key":"pick.all_done_then"}},"verdict":"right"}	\N	\N
5649525400000103	2142068799	2	1795776715482	1795776715482	{"what":"weight","grams":300,"stable":false}	1	42	{"run":1,"no":42,"words":{"mark":"waiting","was":{"key":"weigh.unstable"},"then":{"key":"weigh.unstable_then"}},"verdict":"stored"}	\N	\N
5649525400000103	2142068799	5	1795776716393	1795776716394	{"what":"weight","grams":0,"stable":true}	1	46	{"run":1,"no":46,"words":null,"verdict":null}	\N	\N
5649525400000101	3925655403	33	1795776718343	1795776718344	{"what":"scan","aim":null,"code":"2000152400015"}	1	51	{"run":1,"no":51,"words":{"mark":"right","was":{"key":"check.right","with":{"checked":"1","goods":"RY001 洗衣液 2kg","picked":"2","unit":"瓶"}},"then":{"key":"check.rest","with":{"rest":"2"}}},"verdict":"right"}	\N	\N
5649525400000103	2142068799	11	1795776719631	1795776719631	{"what":"weight","grams":3650,"stable":true}	1	62	{"run":1,"no":62,"words":{"mark":"right","was":{"key":"weigh.right","with":{"computed":"3650","grams":"3650","order":"CK-0002"}},"then":{"key":"weigh.next_order"}},"verdict":"right"}	\N	\N
5649525400000101	3925655403	45	1795776720262	1795776720264	{"what":"scan","aim":null,"code":"CK-0001"}	1	70	{"run":1,"no":70,"words":{"mark":"right","was":{"key":"ship.right","with":{"courier":"训练速递","order":"CK-0001"}},"then":{"key":"ship.rest","with":{"rest":"2"}}},"verdict":"right"}	\N	\N
5649525400000201	1030192123	9	1795776723882	1795776723882	{"what":"scan","aim":null,"code":"12000152400036"}	3	8	{"run":3,"no":8,"words":{"mark":"right","was":{"key":"receive.counted","with":{"cases":"3","counted":"1","goods":"RY003 牙膏 120g"}},"then":{"key":"receive.go_on"}},"verdict":"right"}	\N	\N
5649525400000201	1030192123	13	1795776724022	1795776724022	{"what":"scan","aim":null,"code":"12000152400043"}	3	12	{"run":3,"no":12,"words":{"mark":"right","was":{"key":"receive.counted","with":{"cases":"3","counted":"2","goods":"RY004 沐浴露 750ml"}},"then":{"key":"receive.go_on"}},"verdict":"right"}	\N	\N
5649525400000101	3925655403	31	1795776715363	1795776715364	{"what":"scan","aim":null,"code":"2000152400015"}	1	40	{"run":1,"no":40,"words":{"mark":"right","was":{"key":"check.right","with":{"checked":"2","goods":"RY001 洗衣液 2kg","picked":"2","unit":"瓶"}},"then":{"key":"check.rest","with":{"rest":"1"}}},"verdict":"right"}	\N	\N
5649525400000103	2142068799	8	1795776718417	1795776718417	{"what":"weight","grams":0,"stable":false}	1	53	{"run":1,"no":53,"words":null,"verdict":null}	\N	\N
5649525400000101	3925655403	42	1795776719683	1795776719683	{"what":"scan","aim":null,"code":"2000152400039"}	1	64	{"run":1,"no":64,"words":{"mark":"right","was":{"key":"check.right","with":{"checked":"2","goods":"RY003 牙膏 120g","picked":"4","unit":"支"}},"then":{"key":"check.rest","with":{"rest":"2"}}},"verdict":"right"}	\N	\N
5649525400000101	3925655403	43	1795776719717	1795776719717	{"what":"scan","aim":null,"code":"2000152400039"}	1	66	{"run":1,"no":66,"words":{"mark":"right","was":{"key":"check.right","with":{"checked":"3","goods":"RY003 牙膏 120g","picked":"4","unit":"支"}},"then":{"key":"check.rest","with":{"rest":"1"}}},"verdict":"right"}	\N	\N
5649525400000101	3925655403	44	1795776719752	1795776719753	{"what":"scan","aim":null,"code":"2000152400039"}	1	68	{"run":1,"no":68,"words":{"mark":"right","was":{"key":"check.right","with":{"checked":"4","goods":"RY003 牙膏 120g","picked":"4","unit":"支"}},"then":{"key":"check.complete_then","with":{"grams":"780"}}},"verdict":"right"}	\N	\N
5649525400000103	2142068799	13	1795776720236	1795776720236	{"what":"weight","grams":780,"stable":true}	1	69	{"run":1,"no":69,"words":{"mark":"right","was":{"key":"weigh.right","with":{"computed":"780","grams":"780","order":"CK-0003"}},"then":{"key":"weigh.all_done_then"}},"verdict":"right"}	\N	\N
5649525400000102	1129527348	9	1795776722225	1795776722225	{"what":"printed","job":1007,"outcome":"done"}	1	134	{"run":1,"no":134,"words":null,"verdict":null}	\N	\N
\.


--
-- Data for Name: free_text; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.free_text (run_id, no, person, salt, texts) FROM stdin;
1	14	1	4fe62027aefa5589d3e6d6d35d65d029	["车上少一箱，司机在场"]
1	74	1	3c65dcd392bc730e705baa0199499c67	["三行到货，一行短少一箱；一处拣货短少，已记录。"]
1	118	5	804783431a01192a66abeec5bee896ce	["少一箱的原因没有写清"]
1	126	5	6ecd1282cd164d6805f5faba071cfbf2	["少一箱的原因没有写清"]
1	127	1	95962555b1018a962348a100cbfc84ff	["三行到货。\\r\\n牙膏短少一箱，司机在场；RY010 货位少一件。"]
\.


--
-- Data for Name: health; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.health (id, at) FROM stdin;
1	1795776713661
\.


--
-- Data for Name: movement; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.movement (run_id, no, line, sku, lot, from_location, to_location, quantity, from_lpn, from_status, to_lpn, to_status) FROM stdin;
1	1	1	RY001	2026-03-02	@opening	A-01-01-01	6		available		available
1	1	2	RY002	2026-05-11	@opening	A-01-01-02	12		available		available
1	1	3	RY003	2026-04-20	@opening	A-01-01-03	20		available		available
1	1	4	RY004	2026-01-15	@opening	A-01-02-01	8		available		available
1	1	5	RY005	2026-02-08	@opening	A-01-02-02	9		available		available
1	1	6	RY006	2026-06-01	@opening	A-01-02-03	5		available		available
1	1	7	RY010	2025-12-01	@opening	A-01-03-01	14		available		available
1	1	8	RY002	2026-05-11	@opening	S-01-01-01	200		available		available
1	1	9	RY006	2026-06-01	@opening	S-01-01-02	144		available		available
1	11	1	RY001	2026-09-08	@supplier	R	24		available		available
1	14	1	RY003	2026-08-21	@supplier	R	144		available		available
1	18	1	RY004	2026-08-30	@supplier	R	36		available		available
1	24	1	RY001	2026-09-08	R	S-01-01-03	24		available	LP-0001-001	available
1	26	1	RY003	2026-08-21	R	S-01-01-04	144		available	LP-0001-002	available
1	28	1	RY004	2026-08-30	R	S-01-02-01	36		available	LP-0001-003	available
1	31	1	RY001	2026-03-02	A-01-01-01	P	2		available		available
1	32	1	RY003	2026-04-20	A-01-01-03	P	1		available		available
1	33	1	RY002	2026-05-11	A-01-01-02	P	3		available		available
1	35	1	RY006	2026-06-01	A-01-02-03	P	1		available		available
1	37	1	RY010	2025-12-01	A-01-03-01	P	1		available		available
1	38	1	RY003	2026-04-20	A-01-01-03	P	4		available		available
1	70	1	RY001	2026-03-02	P	@customer	2		available		available
1	70	2	RY003	2026-04-20	P	@customer	1		available		available
1	71	1	RY002	2026-05-11	P	@customer	3		available		available
1	71	2	RY006	2026-06-01	P	@customer	1		available		available
1	71	3	RY010	2025-12-01	P	@customer	1		available		available
1	73	1	RY003	2026-04-20	P	@customer	4		available		available
2	1	1	RY001	2026-03-02	@opening	A-01-01-01	6		available		available
2	1	2	RY002	2026-05-11	@opening	A-01-01-02	12		available		available
2	1	3	RY003	2026-04-20	@opening	A-01-01-03	20		available		available
2	1	4	RY004	2026-01-15	@opening	A-01-02-01	8		available		available
2	1	5	RY005	2026-02-08	@opening	A-01-02-02	9		available		available
2	1	6	RY006	2026-06-01	@opening	A-01-02-03	5		available		available
2	1	7	RY010	2025-12-01	@opening	A-01-03-01	14		available		available
2	1	8	RY002	2026-05-11	@opening	S-01-01-01	200		available		available
2	1	9	RY006	2026-06-01	@opening	S-01-01-02	144		available		available
3	1	1	RY001	2026-03-02	@opening	A-01-01-01	6		available		available
3	1	2	RY002	2026-05-11	@opening	A-01-01-02	12		available		available
3	1	3	RY003	2026-04-20	@opening	A-01-01-03	20		available		available
3	1	4	RY004	2026-01-15	@opening	A-01-02-01	8		available		available
3	1	5	RY005	2026-02-08	@opening	A-01-02-02	9		available		available
3	1	6	RY006	2026-06-01	@opening	A-01-02-03	5		available		available
3	1	7	RY010	2025-12-01	@opening	A-01-03-01	14		available		available
3	1	8	RY002	2026-05-11	@opening	S-01-01-01	200		available		available
3	1	9	RY006	2026-06-01	@opening	S-01-01-02	144		available		available
3	7	1	RY001	2026-09-08	@supplier	R	24		available		available
3	10	1	RY003	2026-08-21	@supplier	R	144		available		available
3	14	1	RY004	2026-08-30	@supplier	R	36		available		available
3	17	1	RY001	2026-09-08	R	S-01-01-03	24		available	LP-0003-001	available
3	19	1	RY003	2026-08-21	R	S-01-01-04	144		available	LP-0003-002	available
3	21	1	RY004	2026-08-30	R	S-01-02-01	36		available	LP-0003-003	available
3	24	1	RY001	2026-03-02	A-01-01-01	P	2		available		available
3	25	1	RY003	2026-04-20	A-01-01-03	P	1		available		available
3	26	1	RY002	2026-05-11	A-01-01-02	P	3		available		available
\.


--
-- Data for Name: paper; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.paper (run_id, number, kind, state, made_at) FROM stdin;
1	RT-20261127-0001-01	RT	accepted	1795776713981
1	RK-20261127-0001-01	RK	accepted	1795776714964
1	JH-20261127-0001-01	JH	accepted	1795776714998
1	CK-20261127-0001-01	CK	accepted	1795776714998
1	CK-20261127-0001-02	CK	accepted	1795776714998
1	CK-20261127-0001-03	CK	accepted	1795776714998
1	RZ-20261127-0001-01	RZ	accepted	1795776720375
2	RT-20261127-0002-01	RT	draft	1795776723560
3	RK-20261127-0003-01	RK	submitted	1795776724371
3	RT-20261127-0003-01	RT	submitted	1795776723647
3	JH-20261127-0003-01	JH	draft	1795776724406
3	CK-20261127-0003-01	CK	draft	1795776724406
3	CK-20261127-0003-02	CK	draft	1795776724406
3	CK-20261127-0003-03	CK	draft	1795776724406
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

COPY public.run (id, scenario_id, scenario, group_id, group_name, station_id, day, day_run, started_at, closed_at, last_act, made_boot, made_moment, scenario_hash) FROM stdin;
1	first-drill		1	第一组	1	20261127	1	1795776713978	1795776723555	135	416664379	5055227	09ab20d81a85b4c30e4902a071849adffa0fd53fa1b09b061dae15c43ba67d0f
3	first-drill		2	第二组	2	20261127	1	1795776723642	\N	28	416664379	5064892	09ab20d81a85b4c30e4902a071849adffa0fd53fa1b09b061dae15c43ba67d0f
2	first-drill		1	第一组	1	20261127	2	1795776723557	\N	3	416664379	5064807	09ab20d81a85b4c30e4902a071849adffa0fd53fa1b09b061dae15c43ba67d0f
\.


--
-- Data for Name: scenario; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.scenario (hash, format, body) FROM stdin;
09ab20d81a85b4c30e4902a071849adffa0fd53fa1b09b061dae15c43ba67d0f	1	{"id":"first-drill","title":{"zh":"第一次实训：收货、上架、拣货、发货","en":"First drill: receive, put away, pick, ship"},"brief":{"zh":"一车日用品到货，三行货，逐箱扫描清点，有差异就记录，贴标签后上架；随后三张订单要发货：按灯拣货，复核，称重，交接。","en":"A truck brings everyday goods, three lines: count each case by scanning, record what differs, label and put away. Then three orders go out: pick by light, check, weigh, hand over."},"owner":"晴野电商","supplier":"云帆日化","contract":"HT-0001","packing":{"carton_g":180,"tolerance_percent":2,"tolerance_g":20},"sku":[{"code":"RY001","name":"洗衣液 2kg","unit":"瓶","gtin13":"2000152400015","case_gtin14":"12000152400012","units_per_case":6,"unit_weight_g":2150,"unit_size_mm":[240,120,300],"shelf_life_days":730,"abc":"A"},{"code":"RY002","name":"抽纸 3层130抽","unit":"提","gtin13":"2000152400022","case_gtin14":"12000152400029","units_per_case":10,"unit_weight_g":620,"unit_size_mm":[200,120,330],"shelf_life_days":1095,"abc":"A"},{"code":"RY003","name":"牙膏 120g","unit":"支","gtin13":"2000152400039","case_gtin14":"12000152400036","units_per_case":72,"unit_weight_g":150,"unit_size_mm":[200,50,40],"shelf_life_days":1095,"abc":"A"},{"code":"RY004","name":"沐浴露 750ml","unit":"瓶","gtin13":"2000152400046","case_gtin14":"12000152400043","units_per_case":12,"unit_weight_g":820,"unit_size_mm":[85,65,235],"shelf_life_days":1095,"abc":"B"},{"code":"RY005","name":"洗发水 500ml","unit":"瓶","gtin13":"2000152400053","case_gtin14":"12000152400050","units_per_case":12,"unit_weight_g":560,"unit_size_mm":[75,55,220],"shelf_life_days":1095,"abc":"B"},{"code":"RY006","name":"洗洁精 1.1kg","unit":"瓶","gtin13":"2000152400060","case_gtin14":"12000152400067","units_per_case":12,"unit_weight_g":1180,"unit_size_mm":[95,70,270],"shelf_life_days":1095,"abc":"A"},{"code":"RY010","name":"湿巾 80抽","unit":"包","gtin13":"2000152400107","case_gtin14":"12000152400104","units_per_case":24,"unit_weight_g":430,"unit_size_mm":[200,110,70],"shelf_life_days":730,"abc":"B"}],"floor":{"pick_shelf":{"zone":"A","racks":1,"levels":3,"slots":8,"min_units":4,"max_units":24},"pallet_rack":{"zone":"S","racks":2,"levels":3,"slots":4,"pallet_mm":[1200,1000],"max_kg":1000,"max_height_mm":1500},"areas":["R","Q","D","P","C","O"]},"stock":[{"location":"A-01-01-01","sku":"RY001","units":6,"lot":"2026-03-02"},{"location":"A-01-01-02","sku":"RY002","units":12,"lot":"2026-05-11"},{"location":"A-01-01-03","sku":"RY003","units":20,"lot":"2026-04-20"},{"location":"A-01-02-01","sku":"RY004","units":8,"lot":"2026-01-15"},{"location":"A-01-02-02","sku":"RY005","units":9,"lot":"2026-02-08"},{"location":"A-01-02-03","sku":"RY006","units":5,"lot":"2026-06-01"},{"location":"A-01-03-01","sku":"RY010","units":14,"lot":"2025-12-01"},{"location":"S-01-01-01","sku":"RY002","units":200,"lot":"2026-05-11"},{"location":"S-01-01-02","sku":"RY006","units":144,"lot":"2026-06-01"}],"inbound":{"expected_in_days":0,"line":[{"sku":"RY001","cases":4,"lot":"2026-09-08","arrives":{"cases":4}},{"sku":"RY003","cases":3,"lot":"2026-08-21","arrives":{"cases":2}},{"sku":"RY004","cases":3,"lot":"2026-08-30","arrives":{"cases":3}}]},"order":[{"number":"CK-0001","customer":"王**","address":"晴川路**号","courier":"训练速递","lines":{"RY001":2,"RY003":1}},{"number":"CK-0002","customer":"李**","address":"松风巷**号","courier":"训练速递","lines":{"RY002":3,"RY006":1,"RY010":2}},{"number":"CK-0003","customer":"周**","address":"云溪街**号","courier":"训练速递","lines":{"RY003":4}}],"physical":[{"location":"A-01-03-01","sku":"RY010","units":1}]}
\.


--
-- Data for Name: session; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.session (token_hash, account_id, created_at, expires_at) FROM stdin;
\\x12931b0f955cd670520482b4b4d095fc2d119d48c7037fa42c64fb91114db126	1	1795776713672	1795819913672
\\x34fb8e8867fdb370c4cf7a54d99786d61099beafb32dd8ff4dc6ef075892b731	2	1795776713681	1795819913681
\\x21de69ce606324a633644511214a77af745512e860e08a49b69195905fe82c58	3	1795776713687	1795819913687
\\x71aa82c46426c5108f4e15095a272a6dd5215f5469364c2a65e7cc9592971839	5	1795776713696	1795819913696
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
    ADD CONSTRAINT balance_pkey PRIMARY KEY (run_id, location, lpn, sku, lot, status);


--
-- Name: device_complaint device_complaint_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.device_complaint
    ADD CONSTRAINT device_complaint_pkey PRIMARY KEY (device, "position", fault);


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
-- Name: free_text free_text_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.free_text
    ADD CONSTRAINT free_text_pkey PRIMARY KEY (run_id, no);


--
-- Name: health health_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.health
    ADD CONSTRAINT health_pkey PRIMARY KEY (id);


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
-- Name: scenario scenario_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.scenario
    ADD CONSTRAINT scenario_pkey PRIMARY KEY (hash);


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
-- Name: act_of_person; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX act_of_person ON public.act USING btree (person, run_id, no) WHERE (person IS NOT NULL);


--
-- Name: device_event_about_itself; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX device_event_about_itself ON public.device_event USING btree (device, arrived_at) WHERE (run_id IS NULL);


--
-- Name: device_event_aside; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX device_event_aside ON public.device_event USING btree (aside_run, arrived_at) WHERE (aside IS NOT NULL);


--
-- Name: free_text_of_person; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX free_text_of_person ON public.free_text USING btree (person);


--
-- Name: paper_waiting; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX paper_waiting ON public.paper USING btree (run_id, made_at, number) WHERE (state = 'submitted'::text);


--
-- Name: print_job_open; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX print_job_open ON public.print_job USING btree (station_id, state);


--
-- Name: run_of_group; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX run_of_group ON public.run USING btree (group_id, id);


--
-- Name: run_open; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX run_open ON public.run USING btree (id) WHERE (closed_at IS NULL);


--
-- Name: run_open_of_group; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX run_open_of_group ON public.run USING btree (group_id, id) WHERE (closed_at IS NULL);


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
-- Name: free_text free_text_run_id_no_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.free_text
    ADD CONSTRAINT free_text_run_id_no_fkey FOREIGN KEY (run_id, no) REFERENCES public.act(run_id, no);


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
-- Name: run run_scenario_hash_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.run
    ADD CONSTRAINT run_scenario_hash_fkey FOREIGN KEY (scenario_hash) REFERENCES public.scenario(hash);


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


