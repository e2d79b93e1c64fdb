// SPDX-License-Identifier: MIT
// The six jobs as a plug-in in Java with Jackson's tree, as the platform's own guide has
// them, and what times them: a program of its own, that takes inputs from files and
// prints results as bench-driver does.
//
// usage: java Codec check FOLDER                    FOLDER/JOB.in to FOLDER/JOB.out
//        java Codec time FOLDER ROUND REPETITIONS   lines of results

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

public class Codec {
    private static final String NAME = "Java, Jackson";
    private static final double REPETITION_NS = 10e6;
    private static final double WARM_NS = 1e9;

    private static final List<String> VALVES = List.of("OPEN", "CLOSED", "HALF", "FAULT");
    private static final List<String> FIXES = List.of("NONE", "2D", "3D", "DGPS");
    private static final List<String> GEARS =
        List.of("P", "R", "N", "D", "L", "M1", "M2", "M3", "M4", "M5", "M6", "S");
    private static final List<String> DOORS =
        List.of("CLOSED", "OPEN", "AJAR", "UNKNOWN");
    private static final List<String> MODES = List.of("ECO", "NORMAL", "BOOST");
    private static final DateTimeFormatter MOMENT =
        DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private interface Convert {
        byte[] apply(byte[] input) throws IOException;
    }

    private static void demand(boolean is) {
        if (!is) {
            throw new IllegalArgumentException();
        }
    }

    private static ObjectNode begin(ByteBuffer frame) {
        ObjectNode root = MAPPER.createObjectNode();
        root.put("msgType", "deviceReq");
        root.put("mid", frame.getShort(1) & 0xFFFF);
        return root;
    }

    private static byte[] decodeMeter(byte[] input) throws IOException {
        demand(input.length == 12 && input[0] == 0x01);
        ByteBuffer frame = ByteBuffer.wrap(input);
        ObjectNode root = begin(frame), entry = root.putArray("data").addObject();
        entry.put("serviceId", "WaterMeter");
        ObjectNode service = entry.putObject("serviceData");
        int flags = frame.get(9);
        service.put("flow", (frame.getInt(3) & 0xFFFFFFFFL) / 1000.0);
        service.put("batteryVoltage", (frame.get(7) & 0xFF) / 10.0);
        service.put("signalStrength", (int) frame.get(8));
        service.put("leak", (flags & 0x80) != 0);
        service.put("tamper", (flags & 0x40) != 0);
        service.put("lowBattery", (flags & 0x20) != 0);
        service.put("valve", VALVES.get(flags >> 3 & 3));
        service.put("interval", frame.getShort(10) & 0xFFFF);
        return MAPPER.writeValueAsBytes(root);
    }

    private static void addBcd(StringBuilder text, byte two) {
        text.append((char) ('0' + (two >> 4 & 15))).append((char) ('0' + (two & 15)));
    }

    private static String momentOfBcd(byte[] frame, int at) {
        StringBuilder text = new StringBuilder("20");
        for (int i = 0; i < 6; i++) {
            if (i == 3) {
                text.append('T');
            }
            addBcd(text, frame[at + i]);
        }
        return text.append('Z').toString();
    }

    private static byte[] decodeTelematics(byte[] input) throws IOException {
        demand(input.length == 44 && input[0] == 0x02);
        ByteBuffer frame = ByteBuffer.wrap(input);
        ObjectNode root = begin(frame), entry = root.putArray("data").addObject();
        entry.put("serviceId", "Telematics");
        ObjectNode service = entry.putObject("serviceData");
        int first = frame.get(33), second = frame.get(34);
        service.put("deviceSn", new String(input, 3, 10, StandardCharsets.US_ASCII));
        service.put("latitude", frame.getInt(19) / 1e6);
        service.put("longitude", frame.getInt(23) / 1e6);
        service.put("speed", (frame.getShort(27) & 0xFFFF) / 10.0);
        service.put("heading", (frame.getShort(29) & 0xFFFF) / 100.0);
        service.put("altitude", (int) frame.getShort(31));
        service.put("fix", FIXES.get(first >> 6 & 3));
        service.put("satellites", first >> 1 & 31);
        service.put("ignition", (first & 1) != 0);
        service.put("gear", GEARS.get(second >> 4 & 15));
        service.put("doors", DOORS.get(second >> 2 & 3));
        service.put("alarm", (second & 2) != 0);
        service.put("fuelRate", frame.getFloat(35));
        service.put("batteryVoltage", frame.getFloat(39));
        service.put("coolantTemp", (frame.get(43) & 0xFF) - 40);
        entry.put("eventTime", momentOfBcd(input, 13));
        return MAPPER.writeValueAsBytes(root);
    }

    private static byte[] decodeBatch(byte[] input) throws IOException {
        demand(input.length >= 4 && input[0] == 0x03);
        ByteBuffer frame = ByteBuffer.wrap(input);
        ObjectNode root = begin(frame);
        ArrayNode data = root.putArray("data");
        for (int at = 4; at + 2 <= input.length; at += 2 + (input[at + 1] & 0xFF)) {
            demand(at + 2 + (input[at + 1] & 0xFF) <= input.length);
            if (input[at] != 0x01 || input[at + 1] != 9) {
                continue;
            }
            ObjectNode entry = data.addObject();
            entry.put("serviceId", "Environment");
            ObjectNode service = entry.putObject("serviceData");
            service.put("temperature", frame.getShort(at + 6) / 10.0);
            service.put("humidity", (frame.get(at + 8) & 0xFF) / 2.0);
            service.put("status", frame.getShort(at + 9) & 0xFFFF);
            Instant moment = Instant.ofEpochSecond(frame.getInt(at + 2) & 0xFFFFFFFFL);
            entry.put("eventTime", MOMENT.format(moment));
        }
        return MAPPER.writeValueAsBytes(root);
    }

    private static JsonNode parse(byte[] input, String service, String command)
            throws IOException {
        JsonNode root = MAPPER.readTree(input);
        demand(root.path("msgType").asText().equals("cloudReq")
            && root.path("serviceId").asText().equals(service)
            && root.path("cmd").asText().equals(command));
        return root;
    }

    private static ByteBuffer begin(JsonNode root, int kind, int length) {
        ByteBuffer frame = ByteBuffer.allocate(length);
        return frame.put((byte) kind).putShort((short) root.get("mid").asInt());
    }

    private static byte place(List<String> words, JsonNode word) {
        int found = words.indexOf(word.asText());
        demand(found >= 0);
        return (byte) found;
    }

    private static long raw(JsonNode value, double factor) {
        return Math.round(value.asDouble() * factor);
    }

    private static byte[] encodeValve(byte[] input) throws IOException {
        JsonNode root = parse(input, "WaterMeter", "SET_VALVE");
        JsonNode paras = root.get("paras");
        ByteBuffer frame = begin(root, 0x10, 6);
        frame.put(place(VALVES, paras.get("valve")));
        frame.putShort((short) paras.get("delay").asInt());
        return frame.array();
    }

    private static byte[] encodeConfig(byte[] input) throws IOException {
        JsonNode root = parse(input, "Telematics", "SET_CONFIG");
        JsonNode paras = root.get("paras");
        ByteBuffer frame = begin(root, 0x11, 26);
        frame.putShort((short) paras.get("reportInterval").asInt());
        frame.putShort((short) paras.get("sampleInterval").asInt());
        frame.putShort((short) raw(paras.get("highTemp"), 10));
        frame.putShort((short) raw(paras.get("lowTemp"), 10));
        frame.put((byte) ((paras.get("alarmEnable").asBoolean() ? 0x80 : 0)
            | (paras.get("ledEnable").asBoolean() ? 0x40 : 0)
            | place(MODES, paras.get("mode")) << 4 | paras.get("retry").asInt()));
        frame.putShort((short) paras.get("serverPort").asInt());
        frame.putInt((int) raw(paras.get("latitude"), 1e6));
        frame.putInt((int) raw(paras.get("longitude"), 1e6));
        frame.putInt((int) paras.get("timeout").asLong());
        return frame.array();
    }

    private static byte[] encodeSchedule(byte[] input) throws IOException {
        JsonNode root = parse(input, "Thermostat", "SET_SCHEDULE");
        JsonNode paras = root.get("paras");
        byte[] name = paras.get("name").asText().getBytes(StandardCharsets.UTF_8);
        JsonNode entries = paras.get("entries"), thresholds = paras.get("thresholds");
        ByteBuffer frame = begin(root, 0x12,
            6 + name.length + 5 * entries.size() + 2 * thresholds.size());
        frame.put((byte) name.length).put(name).put((byte) entries.size());
        for (JsonNode entry : entries) {
            frame.put((byte) entry.get("hour").asInt());
            frame.put((byte) entry.get("minute").asInt());
            frame.putShort((short) raw(entry.get("temp"), 10));
            frame.put((byte) (entry.get("enable").asBoolean() ? 1 : 0));
        }
        frame.put((byte) thresholds.size());
        for (JsonNode threshold : thresholds) {
            frame.putShort((short) threshold.asInt());
        }
        return frame.array();
    }

    private static Map<String, Convert> jobs() {
        Map<String, Convert> jobs = new LinkedHashMap<>();
        jobs.put("meter", Codec::decodeMeter);
        jobs.put("telematics", Codec::decodeTelematics);
        jobs.put("batch", Codec::decodeBatch);
        jobs.put("valve", Codec::encodeValve);
        jobs.put("config", Codec::encodeConfig);
        jobs.put("schedule", Codec::encodeSchedule);
        return jobs;
    }

    private static byte[][] readRecords(Path file) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
        bytes.order(ByteOrder.LITTLE_ENDIAN);
        byte[][] records = new byte[bytes.getInt()][];
        for (int i = 0; i < records.length; i++) {
            records[i] = new byte[bytes.getInt()];
            bytes.get(records[i]);
        }
        return records;
    }

    private static void writeNumber(ByteArrayOutputStream out, int number) {
        for (int i = 0; i < 4; i++) {
            out.write(number >> 8 * i);
        }
    }

    private static void check(Convert convert, byte[][] records, Path file)
            throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        writeNumber(out, records.length);
        for (byte[] record : records) {
            byte[] output = convert.apply(record);
            writeNumber(out, output.length);
            out.write(output);
        }
        Files.write(file, out.toByteArray());
    }

    private static long sink;

    // Processor time of this thread. Its collector and compiler are others.
    private static long run(Convert convert, byte[][] records, int first, int count)
            throws IOException {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long began = threads.getCurrentThreadCpuTime();
        for (int at = first; count > 0; count--) {
            sink += convert.apply(records[at]).length;
            at = at + 1 == records.length ? 0 : at + 1;
        }
        return threads.getCurrentThreadCpuTime() - began;
    }

    private static void time(String job, Convert convert, byte[][] records, String round,
            int repetitions) throws IOException {
        for (double warm = 0; warm < WARM_NS; warm += run(convert, records, 0, 2000)) {
            continue;
        }
        int count = (int) (2000 * REPETITION_NS / run(convert, records, 0, 2000)) + 1;
        for (int i = 0; i < repetitions; i++) {
            int at = (int) ((long) i * count % records.length);
            double ns = (double) run(convert, records, at, count) / count;
            System.out.printf("time\t%s\t%s\t%s\t%d\t%.2f%n", job, NAME, round, i, ns);
        }
    }

    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[1]);
        for (Map.Entry<String, Convert> job : jobs().entrySet()) {
            byte[][] records = readRecords(folder.resolve(job.getKey() + ".in"));
            if (arguments[0].equals("check")) {
                check(job.getValue(), records, folder.resolve(job.getKey() + ".out"));
            } else {
                time(job.getKey(), job.getValue(), records, arguments[2],
                    Integer.parseInt(arguments[3]));
            }
        }
    }
}
