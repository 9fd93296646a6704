// The texts of packets and renditions, shown by the reader.
import packet from "../../locales/de/packet.json";
import rendition from "../../locales/de/rendition.json";
import packetEn from "../../locales/en/packet.json";
import renditionEn from "../../locales/en/rendition.json";
import { translator } from "../i18n/index.ts";

export const t = translator({ ...packet, ...rendition }, { ...packetEn, ...renditionEn });
