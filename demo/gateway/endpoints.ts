import {call, type Call} from './call.ts';
import {addLevelThree, authorize, capture, refund, sell, settleBatch, voidTransaction} from './cards.ts';
import {debit, fund, hold, refundCheck, voidCheck} from './checks.ts';
import {createCustomer, deleteCustomer} from './customers.ts';
import {readAccount, readEntryClass, readSealedAccount} from './read/account.ts';
import {readAmount, readAmountOrZero, readOptionalAmount} from './read/amount.ts';
import {readCard, readSealedCard} from './read/card.ts';
import {readMerchant} from './read/parties.ts';
import {readAccountOnFile, readCardOnFile, readCustomer, readNewCustomer} from './read/customer.ts';
import {readCardTransaction, readCheck, readLineItems} from './read/transaction.ts';
import {unspent} from './spent.ts';

const unspentCard = unspent(readCard);
const unspentAccount = unspent(readAccount);
const unspentSealedCard = unspent(readSealedCard);
const unspentSealedAccount = unspent(readSealedAccount);

const some = {cents: readOptionalAmount};
const purchase = {transaction: readCardTransaction, lineItems: readLineItems};

/** The calls of PayTrace's JSON API, version 1. All are `POST /v1/…`. */
export const VERSION_1: Readonly<Record<string, Call>> = {
  'transactions/sale/keyed': call({card: unspentCard, cents: readAmount}, sell),
  'transactions/sale/by_customer': call({card: readCardOnFile, cents: readAmount}, sell),
  'transactions/authorization/keyed': call({card: unspentCard, cents: readAmountOrZero}, authorize),
  'transactions/authorization/by_customer': call({card: readCardOnFile, cents: readAmountOrZero}, authorize),
  'transactions/authorization/capture': call({transaction: readCardTransaction, ...some}, capture),
  'transactions/refund/for_transaction': call({transaction: readCardTransaction, ...some}, refund),
  'transactions/void': call({transaction: readCardTransaction}, voidTransaction),
  'transactions/settle': call({}, settleBatch),

  'customer/create': call({customer: readNewCustomer}, createCustomer),
  'customer/delete': call({customer: readCustomer}, deleteCustomer),

  'checks/sale/by_account': call({account: unspentAccount, cents: readAmount}, debit),
  'checks/sale/by_customer': call({account: readAccountOnFile, cents: readAmount}, debit),
  'checks/hold/by_account': call({account: unspentAccount, cents: readAmount}, hold),
  'checks/hold/by_customer': call({account: readAccountOnFile, cents: readAmount}, hold),
  'checks/manage/fund': call({check: readCheck, ...some}, fund),
  'checks/manage/void': call({check: readCheck}, voidCheck),
  'checks/refund/by_transaction': call({check: readCheck, ...some}, refundCheck),

  'level_three/visa': call(purchase, addLevelThree('Visa')),
  'level_three/mastercard': call(purchase, addLevelThree('Mastercard')),
};

/** The calls of version 3 that have field values, which must be sealed. All are `POST /v3/…`. */
export const VERSION_3: Readonly<Record<string, Call>> = {
  'card/sale/keyed': call({card: unspentSealedCard, cents: readAmount, merchant: readMerchant}, sell),
  'checks/payment': call(
    {account: unspentSealedAccount, cents: readAmount, merchant: readMerchant, entryClass: readEntryClass},
    debit,
  ),
};
