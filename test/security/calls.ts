import {createSocket} from 'node:dgram';
import {networkInterfaces} from 'node:os';
import type {Frame} from 'puppeteer-core';

/** A STUN server of the attacker's, which counts datagrams and answers none. */
export interface CallTrap {
  address: string;
  port: number;
  calls: () => number;
  close: () => void;
}

/** Listens at this machine's address in its network, for Firefox sends nothing to a loopback one; else there. */
export async function setCallTrap(): Promise<CallTrap> {
  const own = Object.values(networkInterfaces()).flatMap((each) => each ?? []);
  const {address = '127.0.0.1'} = own.find(({family, internal}) => family === 'IPv4' && !internal) ?? {};
  let calls = 0;
  const socket = createSocket('udp4').on('message', () => (calls += 1));
  await new Promise<void>((resolve) => socket.bind(0, address, resolve));
  return {address, port: socket.address().port, calls: () => calls, close: () => socket.close()};
}

/** Prepares a call, for which the browser asks that server for its own address. */
export async function tryToCall(frame: Frame, {address, port}: CallTrap): Promise<void> {
  await frame.evaluate(`(async () => {
    const call = new RTCPeerConnection({iceServers: [{urls: 'stun:${address}:${port}'}]});
    call.createDataChannel('x');
    await call.setLocalDescription(await call.createOffer());
  })().catch(() => {})`);
}
